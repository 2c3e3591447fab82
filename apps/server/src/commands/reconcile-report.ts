import type { Reconciliation } from '../modules/payments/index.ts';
import { formatCellId } from '../platform/ids/index.ts';

type Difference = Reconciliation['differences'][number];

/** The report for people: a line for each difference, and what was compared. */
export function reconciliationLines(report: Reconciliation): string[] {
  const { bookings, ours, theirs, differences, recent, owed } = report;
  const lines = differences.map(({ kind, currency, oursMinor, theirsMinor, ...of }) => {
    return `  ${kind} ${nameOf(of)}: ours ${oursMinor}, the provider's ${theirsMinor} ${currency}`;
  });
  lines.push(`${theirs} movements of the provider and ${ours} of ours, for ${bookings} bookings: ${verdictOf(differences.length)}.`);
  if (recent > 0) lines.push(`${recent} bookings differ and moved a moment ago: they may still be under way.`);
  if (owed.open > 0) lines.push(`${owed.open} refunds and voids are still to be done, ${owed.old} of them for more than an hour.`);
  return lines;
}

function verdictOf(count: number): string {
  return count === 0 ? 'no difference' : `${count} DIFFERENCES`;
}

/** The same on one line, for programs. */
export function reconciliationJson({ checkedAtMs, bookings, ours, theirs, differences, recent, owed }: Reconciliation): string {
  return JSON.stringify({
    checked_at: new Date(checkedAtMs).toISOString(),
    verdict: differences.length === 0 ? 'clean' : 'different',
    bookings,
    movements: { ours, theirs },
    differences: differences.map(({ kind, currency, oursMinor, theirsMinor, ...of }) => {
      return { kind, booking: nameOf(of), currency, ours_minor: oursMinor, theirs_minor: theirsMinor };
    }),
    recent,
    owed,
  });
}

/** The provider may name what is none of ours: then it is shown as it came. */
function nameOf({ eventId, bookingId }: Pick<Difference, 'eventId' | 'bookingId'>): string {
  const isOurs = [eventId, bookingId].every((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
  return isOurs ? formatCellId('bkg', eventId, bookingId) : JSON.stringify([eventId, bookingId]);
}
