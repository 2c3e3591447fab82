import type { Fact } from '../../platform/facts/index.ts';
import { invariant } from '../../platform/invariant.ts';

/** The booking that a fact tells of, and whose it is; null for facts of something else. Reads what `bookingFact` writes. */
export function bookingOfFact({ type, subjectId, payload }: Fact): { bookingId: string; buyerKey: string } | null {
  if (!type.startsWith('booking.')) return null;
  const { buyer_key: buyerKey } = JSON.parse(payload) as { buyer_key?: unknown };
  invariant(typeof buyerKey === 'string', 'the fact of a booking names its buyer');
  return { bookingId: subjectId, buyerKey };
}
