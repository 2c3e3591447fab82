import { randomBytes } from 'node:crypto';
import { buildAccessTokens, buildBuyerTokens } from '../../apps/server/src/modules/accounts/index.ts';
import { newUuid } from '../../apps/server/src/platform/ids/index.ts';
import { median } from './statistics.ts';
import { Unmeasured } from './unmeasured.ts';

/** Microseconds that checking one token takes: a buyer's, and a person's that this process has or has not seen before. */
export type TokenCosts = { buyerMicros: number; unseenMicros: number; seenMicros: number };

const ROUNDS = 15;
const TOKENS = 2_000;

/** Medians of rounds in this process. Every token of a rush is new; a person sends one again and again. */
export function measureTokenCosts(): TokenCosts {
  const nowMs = Date.now();
  const expiresAtSeconds = Math.floor(nowMs / 1000) + 600;
  const buyers = buildBuyerTokens(randomBytes(32));
  const buyer = rounds(() => {
    const tokens = Array.from({ length: TOKENS }, () => buyers.issue(expiresAtSeconds));
    return timeEach(tokens, (token) => buyers.check(token, nowMs).kind);
  });
  const people = rounds(() => {
    const access = buildAccessTokens(randomBytes(32));
    const issue = () => access.issue({ personId: newUuid(nowMs), sessionId: newUuid(nowMs), hasSecondFactor: false, expiresAtSeconds });
    const tokens = Array.from({ length: TOKENS }, issue);
    const check = (token: string) => access.check(token, nowMs).kind;
    return [timeEach(tokens, check), timeEach(tokens, check)] as const;
  });
  return {
    buyerMicros: median(buyer),
    unseenMicros: median(people.map(([unseen]) => unseen)),
    seenMicros: median(people.map(([, seen]) => seen)),
  };
}

/** The first rounds warm up. */
function rounds<Result>(run: () => Result): Result[] {
  return Array.from({ length: 2 * ROUNDS }, run).slice(ROUNDS);
}

function timeEach(tokens: readonly string[], check: (token: string) => string): number {
  const startMs = performance.now();
  for (const token of tokens) if (check(token) !== 'valid') throw new Unmeasured('A token that was just issued is not valid.');
  return ((performance.now() - startMs) * 1000) / tokens.length;
}
