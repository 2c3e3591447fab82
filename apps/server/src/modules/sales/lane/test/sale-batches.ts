import type { BatchContext } from '../../../../platform/lane/execute-batch.ts';
import type { Command } from '../../commands.ts';
import type { Outcome } from '../../outcomes.ts';
import { LOCK_HEAD } from '../read-statements.ts';
import { buildSalePurpose } from '../sale-purpose.ts';

/** What a lane of the sale knows of its batches, for tests that run them on connections of their own. */
export const SALE_BATCHES: BatchContext<Command, Outcome> = { lockStatement: LOCK_HEAD, purpose: buildSalePurpose([]) };
