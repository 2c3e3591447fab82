import { randomBytes } from 'node:crypto';
import { StartProblem } from '../platform/start-problem.ts';
import type { Organizer } from './organizer.ts';
import { EARLY, RAISED_PRICE_MINOR, RUSH_TYPES } from './ticket-types.ts';

/** The event that is rushed at. */
export type RushEvent = {
  id: string;
  /** In the order of RUSH_TYPES. */
  ticketTypeIds: readonly string[];
  /** Makes the early birds cost something from now on. Answers what went wrong, or null. */
  raisePrice(): Promise<string | null>;
  /** Ends the sale. Answers what went wrong, or null. */
  end(): Promise<string | null>;
};

type Options = { capacity: number; holdSeconds: number; nowMs: number };

const DAY_MS = 86_400_000;
/** All of the money: then what was paid and is not kept is all back, whatever the reason. */
const REFUND_POLICY = { until_hours_before: 1, percent: 100, keep_fees: false };

/** Makes an event with tickets of several types under one quota, which their buyers may give back, and opens its sale. */
export async function makeEvent(organizer: Organizer, options: Options): Promise<RushEvent> {
  const name = `rush-${randomBytes(5).toString('hex')}`;
  const organization = await organizer('POST', '/api/v1/organizations', { name: 'Rush', slug: name });
  const events = `/api/v1/organizations/${idIn(organization)}/events`;
  const id = idIn(await organizer('POST', events, eventBody(options)));
  const path = `${events}/${id}`;
  const ticketTypeIds: string[] = [];
  for (const [position, { name: typeName, share, priceMinor }] of RUSH_TYPES.entries()) {
    const capacity = Math.ceil(options.capacity * share);
    const type = await organizer('POST', `${path}/ticket-types`, { name: typeName, price_minor: priceMinor, capacity, position });
    ticketTypeIds.push(idIn(type));
  }
  const quota = { name: 'All tickets', capacity: options.capacity, ticket_type_ids: ticketTypeIds };
  await organizer('POST', `${path}/quotas`, quota);
  await organizer('PUT', `${path}/refund-policy`, REFUND_POLICY);
  await organizer('PATCH', `${path}/sale`, { state: 'on_sale' });
  return {
    id,
    ticketTypeIds,
    raisePrice: () => problemOf(organizer('PATCH', `${path}/ticket-types/${ticketTypeIds[EARLY]}`, { price_minor: RAISED_PRICE_MINOR })),
    end: () => problemOf(organizer('PATCH', `${path}/sale`, { state: 'ended' })),
  };
}

async function problemOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof StartProblem) return error.message;
    throw error;
  }
}

function eventBody({ holdSeconds, nowMs }: Options): object {
  return {
    title: 'Rush',
    summary: 'A simulated on-sale. Nobody plays.',
    venue: { name: 'Nowhere', city: 'Nowhere' },
    starts_at: new Date(nowMs + DAY_MS).toISOString(),
    ends_at: new Date(nowMs + DAY_MS + DAY_MS / 8).toISOString(),
    time_zone: 'Europe/Vienna',
    currency: 'EUR',
    sale: { hold_seconds: holdSeconds },
  };
}

function idIn(answer: Record<string, unknown>): string {
  const { id } = answer;
  if (typeof id !== 'string') throw new StartProblem(`The server made something without an id: ${JSON.stringify(answer).slice(0, 300)}`);
  return id;
}
