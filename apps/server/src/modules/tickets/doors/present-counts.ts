import type { DoorCounts } from '@tessera/contract';
import { formatCellId } from '../../../platform/ids/index.ts';
import type { GateCount } from './queries/counts.ts';

type Sums = Omit<GateCount, 'gateId' | 'ticketTypeId'>;

/** The counters of an event, added up by gate, by ticket type and for all; `sold` by ticket type, in the organizer's order. */
export function presentCounts(eventId: string, counts: readonly GateCount[], sold: ReadonlyMap<string, number>): DoorCounts {
  const gateIds = [...new Set(counts.map(({ gateId }) => gateId))];
  const all = addUp(counts);
  return {
    total: { ...all, present: presentOf(all), sold: [...sold.values()].reduce((sum, count) => sum + count, 0) },
    ticket_types: [...sold].map(([typeId, count]) => {
      const sums = addUp(counts.filter(({ ticketTypeId }) => ticketTypeId === typeId));
      return { ticket_type_id: formatCellId('typ', eventId, typeId), ...sums, present: presentOf(sums), sold: count };
    }),
    gates: gateIds.map((id) => ({
      gate_id: id === null ? null : formatCellId('gat', eventId, id),
      ...addUp(counts.filter(({ gateId }) => gateId === id)),
    })),
  };
}

function presentOf({ admitted, left }: Sums): number {
  return admitted - left;
}

function addUp(counts: readonly GateCount[]): Sums {
  return counts.reduce<Sums>(
    (sums, { admitted, left, doubles, refused }) => ({
      admitted: sums.admitted + admitted,
      left: sums.left + left,
      doubles: sums.doubles + doubles,
      refused: sums.refused + refused,
    }),
    { admitted: 0, left: 0, doubles: 0, refused: 0 },
  );
}
