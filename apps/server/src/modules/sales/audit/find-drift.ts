import type { AuditProblem } from './audit-report.ts';
import { addProblems, beginRun, type AuditRun } from './audit-run.ts';
import { buildExactTally, type BuyerDifference } from './buyer-tally.ts';
import { EVERYBODY } from './read-promo-uses.ts';
import { recountEvent, type Tallies } from './recount.ts';

/** Buckets that the second look goes through; with millions of buyers some thousand of them. */
const BUCKETS_LOOKED_AT_MAX = 32;

/**
 * Names the buyers whose totals differ from their bookings, and the promo codes whose uses do, by counting once more
 * with an eye on their buckets alone.
 */
export async function findDrift(run: AuditRun, differing: Tallies<ReadonlySet<number>>): Promise<void> {
  if (differing.tickets.size === 0 && differing.uses.size === 0) return;
  const tallies = { tickets: exactTallyOf(differing.tickets), uses: exactTallyOf(differing.uses) };
  // What this second count finds besides has been reported by the first.
  await recountEvent(beginRun(run), tallies);
  const tickets = tallies.tickets.differences().map(ofBuyer);
  const uses = tallies.uses.differences().map(ofPromoCode);
  addProblems(run, tickets.length > 0 ? tickets : passed(run.eventId, 'buyer_total_drift', differing.tickets));
  addProblems(run, uses.length > 0 ? uses : passed(run.eventId, 'promo_uses_drift', differing.uses));
}

function exactTallyOf(differing: ReadonlySet<number>) {
  return buildExactTally(new Set([...differing].slice(0, BUCKETS_LOOKED_AT_MAX)));
}

function ofBuyer(difference: BuyerDifference): AuditProblem {
  return {
    code: 'buyer_total_drift',
    subject: { kind: 'buyer', id: difference.buyerKey },
    expected: String(difference.booked),
    found: String(difference.total),
    detail: `The total of this buyer for ticket type ${difference.ticketTypeId} is not what the bookings add up to.`,
  };
}

/** A code is known to whom it was given; the words of a report, which anyone may read, do not give it away. */
function ofPromoCode({ buyerKey, ticketTypeId: code, booked, total }: BuyerDifference): AuditProblem {
  const whose = buyerKey === EVERYBODY ? 'of a promo code' : 'of a promo code by a buyer';
  return {
    code: 'promo_uses_drift',
    subject: buyerKey === EVERYBODY ? { kind: 'promo_code', id: code } : { kind: 'buyer', id: buyerKey },
    expected: String(booked),
    found: String(total),
    detail: `The uses ${whose} are not the bookings that are held or confirmed with it.`,
  };
}

function passed(eventId: string, code: 'buyer_total_drift' | 'promo_uses_drift', buckets: ReadonlySet<number>): AuditProblem[] {
  if (buckets.size === 0) return [];
  const detail = 'Counters differed from the bookings when they were counted first, and no longer when looked at again.';
  return [{ code, subject: { kind: 'event', id: eventId }, expected: '0', found: String(buckets.size), detail }];
}
