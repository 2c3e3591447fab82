import type { ChangeGateBody } from '@tessera/contract';
import { invalidField } from '../../../platform/http/index.ts';
import { parseCellId } from '../../../platform/ids/index.ts';
import { instantMs } from '../../catalog/index.ts';
import type { Gate } from './decide/state.ts';

/** The ticket types that an event has. */
export type KnownTypes = { eventId: string; ticketTypeIds: ReadonlySet<string> };

/** A gate with the fields of a body in place of its own. Throws REQUEST_INVALID, naming the field that does not fit. */
export function mergeGate<Of extends Omit<Gate, 'id'>>(gate: Of, body: ChangeGateBody, known: KnownTypes): Of {
  const { name = gate.name, state = gate.state, ticket_type_ids: types, opens_at: opensAt, closes_at: closesAt } = body;
  const opensAtMs = opensAt === undefined ? gate.opensAtMs : msOrNull(opensAt, '/opens_at');
  const closesAtMs = closesAt === undefined ? gate.closesAtMs : msOrNull(closesAt, '/closes_at');
  if (opensAtMs !== null && closesAtMs !== null && opensAtMs >= closesAtMs) throw invalidField('/closes_at', 'must be after /opens_at');
  const ticketTypeIds = types === undefined ? gate.ticketTypeIds : typesOf(types, known);
  return { ...gate, name, state, ticketTypeIds, opensAtMs, closesAtMs };
}

function typesOf(texts: readonly string[] | null, { eventId, ticketTypeIds }: KnownTypes): string[] | null {
  if (texts === null) return null;
  return texts.map((text, index) => {
    const ids = parseCellId('typ', text);
    if (ids?.eventId === eventId && ticketTypeIds.has(ids.id)) return ids.id;
    throw invalidField(`/ticket_type_ids/${index}`, 'must be the id of a ticket type of this event');
  });
}

function msOrNull(text: string | null, field: string): number | null {
  return text === null ? null : instantMs(text, field);
}
