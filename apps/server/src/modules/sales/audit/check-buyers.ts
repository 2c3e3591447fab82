import type { AuditProblem } from './audit-report.ts';
import { addProblems, beginRun, type AuditRun } from './audit-run.ts';
import { buildExactTally, type BuyerDifference } from './buyer-tally.ts';
import { recountEvent } from './recount.ts';

/** Buckets that the second look goes through; with millions of buyers some thousand of them. */
const BUCKETS_LOOKED_AT_MAX = 32;

/** Names the buyers whose totals differ from their bookings, by counting once more with an eye on their buckets alone. */
export async function findBuyerDrift(run: AuditRun, differing: ReadonlySet<number>): Promise<void> {
  if (differing.size === 0) return;
  const tally = buildExactTally(new Set([...differing].slice(0, BUCKETS_LOOKED_AT_MAX)));
  // What this second count finds besides has been reported by the first.
  await recountEvent(beginRun(run), tally);
  const differences = tally.differences();
  addProblems(run, differences.length > 0 ? differences.map(toProblem) : [passed(run.eventId, differing.size)]);
}

function toProblem(difference: BuyerDifference): AuditProblem {
  return {
    code: 'buyer_total_drift',
    subject: { kind: 'buyer', id: difference.buyerKey },
    expected: String(difference.booked),
    found: String(difference.total),
    detail: `The total of this buyer for ticket type ${difference.ticketTypeId} is not what the bookings add up to.`,
  };
}

function passed(eventId: string, buckets: number): AuditProblem {
  const detail = 'Totals of buyers differed from their bookings when they were counted first, and no longer when looked at again.';
  return { code: 'buyer_total_drift', subject: { kind: 'event', id: eventId }, expected: '0', found: String(buckets), detail };
}
