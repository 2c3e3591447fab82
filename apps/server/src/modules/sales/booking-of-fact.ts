import type { Fact } from '../../platform/facts/index.ts';
import { invariant } from '../../platform/invariant.ts';

/** What the first fact of a booking can be: it was held, or sold at once. */
const FIRST_FACTS = ['booking.held', 'booking.confirmed'];

/**
 * The booking that a fact may be the first to tell of, and whose it is; null for every other fact, whose payload is not even
 * read. A booking that was held and then confirmed comes twice. Reads what `bookingFact` writes.
 */
export function bookingOfFact({ type, subjectId, payload }: Fact): { bookingId: string; buyerKey: string } | null {
  if (!FIRST_FACTS.includes(type)) return null;
  const { buyer_key: buyerKey } = JSON.parse(payload) as { buyer_key?: unknown };
  invariant(typeof buyerKey === 'string', 'the fact of a booking names its buyer');
  return { bookingId: subjectId, buyerKey };
}
