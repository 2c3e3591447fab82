import { invariant } from '../../../platform/invariant.ts';
import type { PromoCode } from '../prices.ts';

/**
 * The promo codes that limit no buyer, which is set once and for all: nobody's uses of them are counted, so batches do not look
 * for any. A code that is not known to be one is looked up; so forgetting them costs a little time and nothing else.
 */
const CODES_MAX = 10_000;
const known = new Set<string>();

export function isUnlimited(eventId: string, code: string): boolean {
  return known.has(keyOf(eventId, code));
}

export function rememberUnlimited(eventId: string, promoCodes: ReadonlyMap<string, PromoCode>): void {
  for (const { code, buyerUsesMax } of promoCodes.values()) {
    const key = keyOf(eventId, code);
    if (buyerUsesMax !== null) {
      invariant(!known.delete(key), `the code ${code} limits no buyer, but in an event that was purged and made again`);
      continue;
    }
    if (known.size >= CODES_MAX) known.clear();
    known.add(key);
  }
}

function keyOf(eventId: string, code: string): string {
  return `${eventId} ${code}`;
}
