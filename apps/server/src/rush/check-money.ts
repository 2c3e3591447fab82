import { setTimeout as sleep } from 'node:timers/promises';
import { ProviderUnavailable, type Movement, type MovementPage } from '../engines/payments/index.ts';
import { formatCellId, parseId } from '../platform/ids/index.ts';
import { isSold, type KnownBooking } from './booking-book.ts';
import { whole } from './format.ts';
import type { PromiseName } from './promises.ts';
import type { Reconcile } from './reconcile.ts';
import type { World } from './world.ts';

type List = (page: { after: string | null; limit: number }) => Promise<MovementPage>;

/** What else says where the money is; null where it cannot be asked. */
export type MoneyBooks = {
  /** What moved at the payment provider, by its own word. */
  listMovements: List | null;
  reconcile: Reconcile | null;
};

/** What the provider has taken for a booking, and given back of it. */
type Moved = { payments: number; paidMinor: number; refundedMinor: number };
type Objection = { name: PromiseName; example: string };

const PAGE = 1_000;
const PAUSE_MS = 500;
const NOTHING: Moved = { payments: 0, paidMinor: 0, refundedMinor: 0 };

/** Compares what moved at the provider with what buyers have, once all that is on its way has arrived. */
export async function checkMoney(world: World, { listMovements }: MoneyBooks): Promise<string> {
  if (listMovements === null) return 'not to be had';
  const moved = new Map<string, Moved>();
  const eventId = parseId('evt', world.event.id) ?? world.event.id;
  let after: string | null = null;
  for (const untilMs = performance.now() + world.patienceMs; ; await sleep(PAUSE_MS)) {
    const end = await readOn(listMovements, after, (movement) => {
      if (movement.eventId === eventId) take(moved, movement);
    });
    if (end.kind === 'unavailable' && performance.now() < untilMs) continue;
    if (end.kind === 'unavailable') {
      world.promises.broken('paid_is_kept_or_back', `the payment provider does not say what it took: ${end.why}`);
      return 'not to be had';
    }
    after = end.after;
    const objections = findObjections(world, moved);
    if (objections.length > 0 && performance.now() < untilMs) continue;
    for (const { name, example } of objections) world.promises.broken(name, example);
    return describe(moved, objections.length);
  }
}

type ReadOn = { kind: 'read'; after: string | null } | { kind: 'unavailable'; why: string };

/** Reads what has been added behind `after`, all of it or nothing; answers where it ends now. */
async function readOn(list: List, after: string | null, onMovement: (movement: Movement) => void): Promise<ReadOn> {
  const read: Movement[] = [];
  try {
    for (let from = after; ; ) {
      const { movements, next } = await list({ after: from, limit: PAGE });
      read.push(...movements);
      from = movements.at(-1)?.cursor ?? from;
      if (next !== null) continue;
      read.forEach(onMovement);
      return { kind: 'read', after: from };
    }
  } catch (error) {
    if (error instanceof ProviderUnavailable) return { kind: 'unavailable', why: error.message };
    throw error;
  }
}

function take(moved: Map<string, Moved>, { kind, eventId, bookingId, amountMinor }: Movement): void {
  const id = formatCellId('bkg', eventId, bookingId);
  const { payments, paidMinor, refundedMinor } = moved.get(id) ?? NOTHING;
  const isPayment = kind === 'payment';
  moved.set(id, {
    payments: payments + (isPayment ? 1 : 0),
    paidMinor: paidMinor + (isPayment ? amountMinor : 0),
    refundedMinor: refundedMinor + (kind === 'refund' ? amountMinor : 0),
  });
}

function findObjections({ bookings }: World, moved: ReadonlyMap<string, Moved>): Objection[] {
  const strangers = [...moved].filter(([id]) => bookings.find(id) === undefined);
  return [
    ...strangers.map(([id]) => ({ name: 'paid_is_kept_or_back', example: `${id} was paid, and no buyer knows it` }) as const),
    ...[...bookings.all()].flatMap((booking) => findObjection(booking, moved.get(booking.id) ?? NOTHING) ?? []),
  ];
}

/** A booking that is sold was paid once, and has back what its returned tickets cost; for any other everything is back. */
function findObjection({ id, state, totalMinor, refundedMinor }: KnownBooking, moved: Moved): Objection | null {
  const [paid, back] = isSold(state) ? [totalMinor, refundedMinor] : [moved.paidMinor, moved.paidMinor];
  if (moved.paidMinor === paid && moved.refundedMinor === back && moved.payments <= 1) return null;
  const example = `${id} is ${state} and costs ${totalMinor}: the provider took ${moved.paidMinor} in ${moved.payments} payments, and gave ${moved.refundedMinor} back`;
  return { name: isSold(state) && moved.paidMinor < paid ? 'tickets_are_paid' : 'paid_is_kept_or_back', example };
}

function describe(moved: ReadonlyMap<string, Moved>, objections: number): string {
  const all = [...moved.values()];
  const payments = all.reduce((sum, { payments: count }) => sum + count, 0);
  const back = all.filter(({ refundedMinor }) => refundedMinor > 0).length;
  const verdict = objections === 0 ? 'each with tickets or all of the money back' : `${whole(objections)} NOT as they should be`;
  return `${whole(payments)} payments succeeded, money of ${whole(back)} went back: ${verdict}`;
}
