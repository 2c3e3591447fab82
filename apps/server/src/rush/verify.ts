import { bookingIn, refusalIn } from './answers.ts';
import { ask, type Known } from './ask.ts';
import { findContradiction, type KnownBooking } from './booking-book.ts';
import { buildBuyer, type Buyer } from './buyer.ts';
import { isRecord } from './is-record.ts';
import type { World } from './world.ts';

export type Verdict = { audit: string; bookingsRead: number };

/** Bookings that are asked for at once: more than there are connections, so that none of these is idle. */
const CHUNK = 1_000;

/** Looks up every acknowledged booking with its buyer's session, and has the event audited. */
export async function verify(world: World, expected: number): Promise<Verdict> {
  const auditor = buildBuyer({ seed: 0, index: -1, spreadMs: 0 });
  const bookingsRead = await readBookings(world, auditor);
  if (world.bookings.sold !== expected) {
    world.promises.broken('nothing_left', `${expected} could be sold, and buyers know of ${world.bookings.sold}`);
  }
  return { bookingsRead, audit: await audit(world, auditor) };
}

async function readBookings(world: World, reader: Buyer): Promise<number> {
  const all = [...world.bookings.all()];
  for (let from = 0; from < all.length; from += CHUNK) {
    await Promise.all(all.slice(from, from + CHUNK).map((booking) => readOne(world, reader, booking)));
    // A server that has gone is not asked for every booking it had.
    if (reader.isUnanswered) return from;
  }
  return all.length;
}

async function readOne(world: World, reader: Buyer, expected: KnownBooking): Promise<void> {
  const path = `/api/v1/bookings/${expected.id}`;
  const answer = await ask(world, reader, { kind: 'read', method: 'GET', path, token: expected.token, key: null, body: null });
  if (answer.kind === 'unknown') return;
  const found = bookingIn(answer);
  if (found === null)
    return world.promises.broken('booking_kept', `${expected.id} (${expected.state}) is answered ${refusalIn(answer).code}`);
  if (found.id !== expected.id) return world.promises.broken('booking_kept', `${expected.id} is answered with ${found.id}`);
  const contradiction = findContradiction(expected, found, expected.token);
  if (contradiction) world.promises.broken(contradiction.name, contradiction.example);
  else if (isLost(expected.state, found.state))
    world.promises.broken('booking_kept', `${expected.id}: ${expected.state} became ${found.state}`);
}

/** Every state but a hold is final, and a hold that its buyer left can only run out. */
function isLost(expected: string, found: string): boolean {
  return expected === 'held' ? found !== 'held' && found !== 'expired' : found !== expected;
}

async function audit(world: World, auditor: Buyer): Promise<string> {
  if (auditor.isUnanswered) return 'not to be had';
  const path = `/api/v1/events/${world.event.id}/audit?full=true`;
  const answer = await ask(world, auditor, {
    kind: 'audit',
    method: 'GET',
    path,
    token: null,
    key: null,
    body: null,
    timeoutMs: AUDIT_TIMEOUT_MS,
  });
  if (answer.kind === 'unknown') return 'not to be had';
  const verdict = isRecord(answer.body) ? answer.body['verdict'] : null;
  if (verdict !== 'clean')
    world.promises.broken('audit_clean', `the audit says ${String(verdict)}: ${JSON.stringify(answer.body).slice(0, 500)}`);
  compareSold(world, answer);
  return String(verdict);
}

/** A full audit of a large event reads every booking of it. */
const AUDIT_TIMEOUT_MS = 120_000;

function compareSold({ promises, bookings }: World, { body }: Known): void {
  const quotas = isRecord(body) ? countersIn(body['quotas']) : [];
  const types = isRecord(body) ? countersIn(body['ticket_types']) : [];
  for (const { id, capacity, held, sold, setAside } of [...quotas, ...types]) {
    if (held + sold + setAside > capacity)
      promises.broken('never_oversold', `${id}: ${held} held, ${sold} sold, ${setAside} set aside of ${capacity}`);
  }
  const sold = types.reduce((sum, type) => sum + type.sold, 0);
  if (sold !== bookings.sold) promises.broken('nothing_left', `${sold} are sold, and buyers know of ${bookings.sold}`);
}

type Counters = { id: string; capacity: number; held: number; sold: number; setAside: number };

function countersIn(list: unknown): Counters[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((fields) => ({
    id: String(fields['id']),
    capacity: Number(fields['capacity']),
    held: Number(fields['held']),
    sold: Number(fields['sold']),
    setAside: Number(fields['set_aside']),
  }));
}
