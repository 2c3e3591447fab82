import { refusalIn } from '../answers.ts';
import { ask, type Known } from '../ask.ts';
import type { Buyer } from '../buyer.ts';
import { isRecord } from '../is-record.ts';
import type { World } from '../world.ts';

type OfBooking = { id: string; token: string };

/** Reads the tickets of a booking; answers the numbers of those that open a door, or null where there is no answer. */
export async function readTickets(world: World, buyer: Buyer, { id, token }: OfBooking): Promise<number[] | null> {
  const path = `/api/v1/bookings/${id}/tickets`;
  const answer = await ask(world, buyer, { kind: 'tickets', method: 'GET', path, token, key: null, body: null });
  if (answer.kind === 'unknown') return null;
  const numbers = validIn(answer);
  if (numbers === null) world.promises.broken('tickets_there', `${id}: reading its tickets was answered ${refusalIn(answer).code}`);
  return numbers;
}

/** Tickets as they should be: so many of the booking, and which of them came back. */
export type Bought = { id: string; quantity: number; returned_tickets: readonly number[] };

/** Notes where the tickets that are there are not those that were bought and kept. */
export function compareTickets(
  { promises }: World,
  { id, quantity, returned_tickets: returned }: Bought,
  numbers: readonly number[],
): void {
  const all = Array.from({ length: quantity }, (_, index) => index + 1);
  const [expected, found] = [all.filter((number) => !returned.includes(number)), [...numbers].sort((a, b) => a - b)];
  if (expected.join() !== found.join())
    promises.broken(
      'tickets_there',
      `${id}: tickets ${expected.join(', ') || 'none'} were bought, and there are ${found.join(', ') || 'none'}`,
    );
}

function validIn({ status, body }: Known): number[] | null {
  const list = isRecord(body) ? body['data'] : null;
  if (status !== 200 || !Array.isArray(list)) return null;
  const valid = list.filter(isRecord).filter((ticket) => ticket['state'] === 'valid' && typeof ticket['code'] === 'string');
  return valid.map((ticket) => Number(ticket['number']));
}
