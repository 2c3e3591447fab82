import type { Gate as GateAnswer } from '@tessera/contract';
import { formatCellId } from '../../../platform/ids/index.ts';
import type { Gate } from './decide/state.ts';

export function presentGate(eventId: string, { id, name, ticketTypeIds, state, opensAtMs, closesAtMs }: Gate): GateAnswer {
  return {
    id: formatCellId('gat', eventId, id),
    name,
    ticket_type_ids: ticketTypeIds?.map((typeId) => formatCellId('typ', eventId, typeId)) ?? null,
    state,
    opens_at: timeOrNull(opensAtMs),
    closes_at: timeOrNull(closesAtMs),
  };
}

function timeOrNull(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
