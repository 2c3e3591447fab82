import type { AuditedQuota, AuditedTicketType, AuditProblem, AuditSubject } from './audit-report.ts';
import type { StockChange } from './ledger-moves.ts';
import type { AuditSnapshot, CountedQuota, OfferingTicketType } from './read-snapshot.ts';
import { addStock, stockOfId, type CountedStock, type StockSums } from './stock-sums.ts';

const FIELDS = [
  ['capacity', 'capacity'],
  ['held', 'held'],
  ['sold', 'sold'],
  ['setAside', 'set_aside'],
  ['taken', 'taken'],
] as const satisfies readonly (readonly [keyof CountedStock, string])[];

export type Compared = { ticketTypes: AuditedTicketType[]; quotas: AuditedQuota[]; problems: AuditProblem[] };

/** Compares the counters of a snapshot with the ledger's sums up to it and, where given, with those of the bookings. */
export function compareCounters(snapshot: AuditSnapshot, sums: StockSums, inBookings: ReadonlyMap<string, StockChange> | null): Compared {
  const ticketTypes = snapshot.ticketTypes.map(({ offers: _offers, named: _named, ...type }) => ({
    ...type,
    counted: stockOfId(sums, type.id),
    inBookings: inBookings && { ...(inBookings.get(type.id) ?? { held: 0, sold: 0 }) },
  }));
  const quotas = snapshot.quotas.map((quota) => countQuota(quota, sums));
  const problems = [
    ...ticketTypes.flatMap((type) => findProblems({ kind: 'ticket_type', id: type.id }, type)),
    ...ticketTypes.flatMap(findBookingsDrift),
    ...snapshot.ticketTypes.flatMap(findOffersDrift),
    ...quotas.flatMap((quota) => findProblems({ kind: 'quota', id: quota.id }, quota)),
    ...findMissing(snapshot, [...sums.keys(), ...(inBookings?.keys() ?? [])]),
  ];
  return { ticketTypes, quotas, problems };
}

/** A quota's capacity is its own; the rest is what its ticket types have by the ledger, drifted counters or not. */
function countQuota({ ticketTypeIds, ...quota }: CountedQuota, sums: StockSums): AuditedQuota {
  const shared: StockSums = new Map();
  for (const id of ticketTypeIds) addStock(shared, quota.id, stockOfId(sums, id));
  return { ...quota, counted: { ...stockOfId(shared, quota.id), capacity: stockOfId(sums, quota.id).capacity, taken: 0 } };
}

function findProblems(subject: AuditSubject, stock: CountedStock & { counted: CountedStock }): AuditProblem[] {
  const problems: AuditProblem[] = [];
  for (const [field, name] of FIELDS) {
    const [found, expected] = [stock[field], stock.counted[field]];
    const drift = `The counter ${name} is not what the ledger adds up to.`;
    if (found !== expected)
      problems.push({ code: 'counter_drift', subject, expected: String(expected), found: String(found), detail: drift });
    const detail = `The counter ${name} is below zero.`;
    if (found < 0) problems.push({ code: 'negative', subject, expected: '0 or more', found: String(found), detail });
  }
  const taken = stock.held + stock.sold + stock.setAside;
  const detail = 'More is held, sold and set aside than there is.';
  const expected = `${stock.capacity} or less`;
  if (taken > stock.capacity) problems.push({ code: 'oversold', subject, expected, found: String(taken), detail });
  return problems;
}

function findBookingsDrift(type: AuditedTicketType): AuditProblem[] {
  const problems: AuditProblem[] = [];
  for (const field of ['held', 'sold'] as const) {
    const found = type[field] + (field === 'held' ? type.taken : 0);
    const counted = type.inBookings?.[field] ?? found;
    if (counted === found) continue;
    const detail = `The bookings do not add up to the counter ${field}.`;
    const subject = { kind: 'ticket_type', id: type.id } as const;
    problems.push({ code: 'bookings_drift', subject, expected: String(found), found: String(counted), detail });
  }
  return problems;
}

/** The counter, its rows, and the holds that wait for them, all as of one moment. */
function findOffersDrift({ id, offered, taken, offers, named }: OfferingTicketType): AuditProblem[] {
  const subject = { kind: 'ticket_type', id } as const;
  const problems: AuditProblem[] = [];
  const detail = 'The counter offered is not the number of the offers.';
  if (offered !== offers) problems.push({ code: 'offers_drift', subject, expected: String(offers), found: String(offered), detail });
  const unnamed = 'There are offers of which their bookings do not know.';
  if (named !== offers) problems.push({ code: 'offers_drift', subject, expected: String(offers), found: String(named), detail: unnamed });
  const more = 'More holds wait for offered places than are offered.';
  if (taken > offered) problems.push({ code: 'offers_drift', subject, expected: `${offered} or less`, found: String(taken), detail: more });
  return problems;
}

function findMissing(snapshot: AuditSnapshot, ids: readonly string[]): AuditProblem[] {
  const known = new Set([...snapshot.ticketTypes, ...snapshot.quotas].map((stock) => stock.id));
  const detail = 'Something was counted for a ticket type or a quota that does not exist.';
  return [...new Set(ids)]
    .filter((id) => !known.has(id))
    .map((id) => ({ code: 'counter_missing', subject: { kind: 'ticket_type', id }, expected: 'counters', found: 'none', detail }));
}
