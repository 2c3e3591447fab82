import { integerArray, uuidArray, type Call, type CallResult, type Statement } from '../../../../platform/db/index.ts';
import { parseFactNumbers, parseSpareOffers, readFactNumbers, readSpareOffers } from '../../../sales/index.ts';
import type { DoorCommand, ScanCommand } from '../commands.ts';
import { ticketKey, type CheckIn, type DoorState, type DoorTicket } from '../decide/state.ts';
import { parseCheckIn, parseGate, parseTicket } from './parse-rows.ts';
import { READ_ADMISSIONS, READ_CHECK_INS, READ_GATES, READ_TICKETS, READ_TICKETS_OF_SCANS } from './read-statements.ts';

type ReadName = 'head' | 'gates' | 'tickets' | 'ticketsOfScans' | 'spareOffers' | 'checkIns' | 'admissions';
type Read = { name: ReadName; call: Call };

export type DoorRead = { state: DoorState; nowMs: number; factSeq: number };

/** What a batch of scans reads under the head's lock, and how the answers become the state to decide on; null without an event. */
export function readDoors(
  eventId: string,
  commands: readonly DoorCommand[],
): { calls: Call[]; parse(results: readonly CallResult[]): DoorRead | null } {
  const reads = readsFor(eventId, commands);
  return { calls: reads.map((read) => read.call), parse: (results) => parse(eventId, reads, results) };
}

function readsFor(eventId: string, commands: readonly DoorCommand[]): Read[] {
  const reads: Read[] = [{ name: 'head', call: readFactNumbers(eventId) }];
  const add = (name: ReadName, statement: Statement, ...keys: Buffer[]): void => {
    reads.push({ name, call: { statement, values: [eventId, ...keys] } });
  };
  const scans = commands.filter((command) => command.kind === 'scan');
  const gateIds = new Set(scans.map((scan) => scan.gateId).filter((id) => id !== null));
  if (gateIds.size > 0) add('gates', READ_GATES, uuidArray([...gateIds]));
  const tickets = ticketsOf(scans);
  if (tickets.bookingIds.length > 0) add('tickets', READ_TICKETS, uuidArray(tickets.bookingIds), integerArray(tickets.numbers));
  if (tickets.bookingIds.length > 0) reads.push({ name: 'spareOffers', call: readSpareOffers(eventId) });
  const undone = commands.filter((command) => command.kind === 'undo').map((command) => command.scanId);
  if (undone.length > 0) add('ticketsOfScans', READ_TICKETS_OF_SCANS, uuidArray(undone));
  add('checkIns', READ_CHECK_INS, uuidArray([...new Set(commands.map((command) => command.scanId))]));
  const late = ticketsOf(scans.filter((scan) => scan.isOffline));
  if (late.bookingIds.length > 0) add('admissions', READ_ADMISSIONS, uuidArray(late.bookingIds), integerArray(late.numbers));
  return reads;
}

/** The tickets that scans name, each once. */
function ticketsOf(scans: readonly ScanCommand[]): { bookingIds: string[]; numbers: number[] } {
  const seen = new Set<string>();
  const bookingIds: string[] = [];
  const numbers: number[] = [];
  for (const { subject } of scans) {
    if (subject.kind !== 'ticket') continue;
    const key = ticketKey(subject.bookingId, subject.number);
    if (seen.has(key)) continue;
    seen.add(key);
    bookingIds.push(subject.bookingId);
    numbers.push(subject.number);
  }
  return { bookingIds, numbers };
}

function parse(eventId: string, reads: readonly Read[], results: readonly CallResult[]): DoorRead | null {
  const resultOf = (name: ReadName): CallResult => results[reads.findIndex((read) => read.name === name)] ?? { rows: [], tag: '' };
  const rowsOf = (name: ReadName): readonly unknown[][] => resultOf(name).rows;
  const numbers = results[0] && parseFactNumbers(results[0]);
  if (!numbers) return null;
  const state = {
    eventId,
    gates: new Map(rowsOf('gates').map((row) => [String(row[0]), parseGate(row)])),
    tickets: byKey([...rowsOf('tickets'), ...rowsOf('ticketsOfScans')].map(parseTicket)),
    spareOffers: parseSpareOffers(resultOf('spareOffers')),
    checkIns: byScan([...rowsOf('checkIns'), ...rowsOf('admissions')].map(parseCheckIn)),
  };
  return { state, nowMs: numbers.nowMs, factSeq: numbers.seq };
}

function byKey(tickets: readonly DoorTicket[]): Map<string, DoorTicket> {
  return new Map(tickets.map((ticket) => [ticketKey(ticket.bookingId, ticket.number), ticket]));
}

function byScan(checkIns: readonly CheckIn[]): Map<string, CheckIn> {
  return new Map(checkIns.map((checkIn) => [checkIn.scanId, checkIn]));
}
