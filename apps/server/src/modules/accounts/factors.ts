import type { Queryable } from '../../platform/db/index.ts';
import type { AccessClaims } from './access-tokens.ts';
import { countPasskeys } from './queries/passkeys.ts';
import { hasSecondFactor } from './queries/second-factors.ts';

/**
 * Whether the person has something stronger than the password that this session has not begun with. Then it must add
 * nothing of the kind: who has only learnt the password would give themselves what they lack.
 */
export async function lacksFactor(on: Queryable, { personId, hasSecondFactor: hasShown }: AccessClaims): Promise<boolean> {
  return !hasShown && ((await hasSecondFactor(on, personId)) || (await countPasskeys(on, personId)) > 0);
}
