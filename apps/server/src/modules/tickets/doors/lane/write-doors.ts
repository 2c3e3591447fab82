import {
  booleanArray,
  doubleArray,
  integerArray,
  jsonArray,
  textArray,
  uuidArray,
  type Call,
  type Statement,
} from '../../../../platform/db/index.ts';
import { withdrawAtDoor, writeNumberedFacts } from '../../../sales/index.ts';
import type { CountDelta, DoorChanges } from '../decide/changes.ts';
import type { CheckIn, DoorTicket } from '../decide/state.ts';
import { NIL_ID } from './nil-id.ts';
import { detailOf } from './parse-rows.ts';
import type { DoorRead } from './read-doors.ts';
import { CHANGE_TICKETS, INSERT_CHECK_INS, LOWER_COUNTS, RAISE_COUNTS, RESTAND_CHECK_INS } from './write-statements.ts';

type Add = (statement: Statement, ...values: (string | number | Buffer | null)[]) => void;

/** Everything that a batch of scans changes; only statements with rows are sent. */
export function writeDoors({ state, nowMs, factSeq }: DoorRead, changes: DoorChanges): Call[] {
  const { eventId } = state;
  const withdrawn = withdrawAtDoor(eventId, changes.admittedOffers);
  const calls: Call[] = [];
  const add: Add = (statement, ...values) => {
    calls.push({ statement, values: [eventId, ...values] });
  };
  insertCheckIns(changes.newCheckIns, nowMs, add);
  restandCheckIns([...changes.changedCheckIns], add);
  changeTickets([...changes.changedTickets], add);
  moveCounts([...changes.counts.values()], add);
  const facts = [...withdrawn.facts, ...changes.facts];
  return [...calls, ...withdrawn.calls, ...writeNumberedFacts({ eventId, seq: factSeq, atMs: nowMs, facts })];
}

function insertCheckIns(checkIns: readonly CheckIn[], nowMs: number, add: Add): void {
  if (checkIns.length === 0) return;
  add(
    INSERT_CHECK_INS,
    nowMs,
    uuidArray(checkIns.map((checkIn) => checkIn.scanId)),
    uuidArray(checkIns.map((checkIn) => checkIn.fingerprint)),
    uuidArray(checkIns.map((checkIn) => checkIn.bookingId)),
    integerArray(checkIns.map((checkIn) => checkIn.number)),
    uuidArray(checkIns.map((checkIn) => checkIn.ticketTypeId)),
    uuidArray(checkIns.map((checkIn) => checkIn.gateId)),
    textArray(checkIns.map((checkIn) => checkIn.direction)),
    unlessEmpty(
      checkIns.map((checkIn) => checkIn.device),
      textArray,
    ),
    textArray(checkIns.map((checkIn) => checkIn.by)),
    booleanArray(checkIns.map((checkIn) => checkIn.isOffline)),
    booleanArray(checkIns.map((checkIn) => checkIn.isByHand)),
    doubleArray(checkIns.map((checkIn) => checkIn.scannedAtMs)),
    unlessEmpty(
      checkIns.map((checkIn) => checkIn.deviceAtMs),
      doubleArray,
    ),
    textArray(checkIns.map((checkIn) => checkIn.verdict.kind)),
    unlessEmpty(
      checkIns.map((checkIn) => detailOf(checkIn.verdict)),
      jsonArray,
    ),
    textArray(checkIns.map((checkIn) => checkIn.standing)),
    ...undoneOf(checkIns),
  );
}

/** What no row of a batch has is not sent at all: `unnest` fills it up with nulls. */
function unlessEmpty<Value>(values: readonly (Value | null)[], write: (values: readonly (Value | null)[]) => Buffer): Buffer | null {
  return values.every((value) => value === null) ? null : write(values);
}

function undoneOf(checkIns: readonly CheckIn[]): (Buffer | null)[] {
  return [
    unlessEmpty(
      checkIns.map((checkIn) => checkIn.undone?.atMs ?? null),
      doubleArray,
    ),
    unlessEmpty(
      checkIns.map((checkIn) => checkIn.undone?.by ?? null),
      textArray,
    ),
    unlessEmpty(
      checkIns.map((checkIn) => checkIn.undone?.reason ?? null),
      textArray,
    ),
  ];
}

function restandCheckIns(checkIns: readonly CheckIn[], add: Add): void {
  if (checkIns.length === 0) return;
  const standings = textArray(checkIns.map((checkIn) => checkIn.standing));
  add(RESTAND_CHECK_INS, uuidArray(checkIns.map((checkIn) => checkIn.scanId)), standings, ...undoneOf(checkIns));
}

function changeTickets(tickets: readonly DoorTicket[], add: Add): void {
  if (tickets.length === 0) return;
  add(
    CHANGE_TICKETS,
    uuidArray(tickets.map((ticket) => ticket.bookingId)),
    integerArray(tickets.map((ticket) => ticket.number)),
    uuidArray(tickets.map((ticket) => ticket.admission?.scanId ?? null)),
    textArray(tickets.map((ticket) => ticket.admission?.gateId ?? null)),
    textArray(tickets.map((ticket) => ticket.admission?.by ?? null)),
    doubleArray(tickets.map((ticket) => ticket.admission?.atMs ?? null)),
    doubleArray(tickets.map((ticket) => ticket.leftAtMs)),
  );
}

function moveCounts(counts: readonly CountDelta[], add: Add): void {
  const isLowered = ({ admitted, left, doubles, refused }: CountDelta) => Math.min(admitted, left, doubles, refused) < 0;
  addCounts(
    RAISE_COUNTS,
    counts.filter((count) => !isLowered(count)),
    add,
  );
  addCounts(LOWER_COUNTS, counts.filter(isLowered), add);
}

function addCounts(statement: Statement, counts: readonly CountDelta[], add: Add): void {
  if (counts.length === 0) return;
  add(
    statement,
    uuidArray(counts.map((count) => count.gateId ?? NIL_ID)),
    uuidArray(counts.map((count) => count.ticketTypeId ?? NIL_ID)),
    integerArray(counts.map((count) => count.admitted)),
    integerArray(counts.map((count) => count.left)),
    integerArray(counts.map((count) => count.doubles)),
    integerArray(counts.map((count) => count.refused)),
  );
}
