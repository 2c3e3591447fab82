import type { Fact } from '../../../../platform/facts/index.ts';
import type { CheckIn, DoorTicket } from './state.ts';

/** Scans more or fewer of a gate and a ticket type. */
export type CountDelta = {
  gateId: string | null;
  ticketTypeId: string | null;
  admitted: number;
  left: number;
  doubles: number;
  refused: number;
};

/** What a batch of scans writes. A scan that is new is written as it stands at the end of the batch. */
export type DoorChanges = {
  newCheckIns: CheckIn[];
  /** Known before, standing otherwise now. */
  changedCheckIns: Set<CheckIn>;
  changedTickets: Set<DoorTicket>;
  /** Offered until they were let in. */
  admittedOffers: DoorTicket[];
  /** By gate and ticket type. */
  counts: Map<string, CountDelta>;
  facts: Fact[];
};

export function noDoorChanges(): DoorChanges {
  return { newCheckIns: [], changedCheckIns: new Set(), changedTickets: new Set(), admittedOffers: [], counts: new Map(), facts: [] };
}

/** Whether there is anything to write at all: repeats alone end with a rollback. */
export function hasNoChanges({ newCheckIns, changedCheckIns }: DoorChanges): boolean {
  return newCheckIns.length === 0 && changedCheckIns.size === 0;
}
