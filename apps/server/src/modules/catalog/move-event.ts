import { isDeepStrictEqual } from 'node:util';
import { invalidField } from '../../platform/http/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { presentDates } from './present-words.ts';
import { insertMove } from './queries/event-words.ts';
import type { FullWords } from './words.ts';

export type Move = { eventId: string; before: FullWords; after: FullWords; isPublic: boolean; reason: string | undefined; at: Date };

/**
 * Keeps the move of a public event, in the transaction that changes its words; the sale follows afterwards (`follow-words.ts`). False if it is none: nothing that stands on tickets changes, or nobody has seen it yet. Throws
 * REQUEST_INVALID where the reason is missing.
 */
export async function moveEvent(tx: Tx, { eventId, before, after, isPublic, reason, at }: Move): Promise<boolean> {
  if (!isPublic || !isMoved(before, after)) return false;
  if (reason === undefined) throw invalidField('/move_reason', 'is required where a public event gets other dates or another place');
  await insertMove(tx, eventId, { at, before: presentDates(before), after: presentDates(after), reason });
  return true;
}

/** The address counts as well: the same name may stand in another street. */
function isMoved(before: FullWords, after: FullWords): boolean {
  const { lines, postalCode, country } = before.address;
  const isElsewhere = !isDeepStrictEqual(
    [lines, postalCode, country],
    [after.address.lines, after.address.postalCode, after.address.country],
  );
  return isElsewhere || !isDeepStrictEqual(presentDates(before), presentDates(after));
}
