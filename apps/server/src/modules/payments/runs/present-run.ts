import type { RefundChoice, RefundRun as Body } from '@tessera/contract';
import { formatCellId, formatId } from '../../../platform/ids/index.ts';
import type { Question } from '../queries/refund-run-bookings.ts';
import type { RefundRun, RunCounts } from './refund-run.ts';

/** A mass refund and how far it has come. */
export function presentRun(run: RefundRun, counts: RunCounts): Body {
  const { eventId, id, state, choice, byDefault, decideUntilMs, keepFees, restock, createdAt, finishedAt } = run;
  return {
    id: formatCellId('rfr', eventId, id),
    event_id: formatId('evt', eventId),
    state,
    choice,
    default: byDefault,
    decide_until: decideUntilMs === null ? null : new Date(decideUntilMs).toISOString(),
    keep_fees: keepFees,
    restock,
    bookings: { ...counts },
    created_at: createdAt.toISOString(),
    finished_at: finishedAt?.toISOString() ?? null,
  };
}

/** What a buyer is asked. */
export function presentChoice(eventId: string, bookingId: string, { state, byDefault, decideUntil, isOver }: Question): RefundChoice {
  return {
    booking_id: formatCellId('bkg', eventId, bookingId),
    state,
    default: byDefault,
    decide_until: decideUntil.toISOString(),
    may_choose: !isOver && (state === 'asked' || state === 'kept'),
  };
}
