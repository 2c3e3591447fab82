import { isRecord } from './is-record.ts';
import { parseJson } from './parse-json.ts';
import { STANDING } from './ticket-types.ts';
import type { World } from './world.ts';

const TIMEOUT_MS = 5_000;

/** Tickets that the event's page shows as left, or null where it is not to be had now. */
export async function ticketsLeft({ http, event }: World): Promise<number | null> {
  const reply = await http.send({
    kind: 'event page',
    method: 'GET',
    path: `/api/v1/events/${event.id}`,
    token: null,
    key: null,
    body: null,
    timeoutMs: TIMEOUT_MS,
    vanishAfterMs: null,
    isNewcomer: false,
  });
  if (reply.kind !== 'answer' || reply.answer.status !== 200) return null;
  const body = parseJson(reply.answer.body);
  const types = isRecord(body) ? body['ticket_types'] : null;
  const standing: unknown = Array.isArray(types)
    ? types.find((type) => isRecord(type) && type['id'] === event.ticketTypeIds[STANDING])
    : null;
  const left = isRecord(standing) ? standing['left'] : null;
  return typeof left === 'number' ? left : null;
}
