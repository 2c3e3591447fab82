import { invariant } from '../invariant.ts';
import { dashed } from './uuid.ts';

/**
 * Public ids follow the TypeID format (https://github.com/jetify-com/typeid): a prefix, an underscore and a
 * UUID in 26 characters of Crockford's base 32. The id of a row inside an event carries the event's UUID
 * first, so that every call finds its lane and its shard: `bkg_` + 26 characters of event + 26 of booking.
 */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID_CHARS = 26;

const valueOfCharCode = new Int8Array(128).fill(-1);
for (let value = 0; value < 32; value += 1) valueOfCharCode[ALPHABET.charCodeAt(value)] = value;

export type IdPrefix =
  | 'key'
  | 'per'
  | 'clm'
  | 'ses'
  | 'psk'
  | 'inv'
  | 'org'
  | 'evt'
  | 'typ'
  | 'quo'
  | 'que'
  | 'ven'
  | 'bkg'
  | 'rfr'
  | 'gat';

/** The ids of a row inside an event, both as UUIDs in lower-case text. */
export type CellId = { eventId: string; id: string };

/** `evt_…` from a UUID. */
export function formatId(prefix: IdPrefix, uuid: string): string {
  return `${prefix}_${prefix === 'evt' ? encodeEvent(uuid) : encodeUuid(uuid)}`;
}

/** `bkg_…` from the UUIDs of the event and of the row. */
export function formatCellId(prefix: IdPrefix, eventId: string, id: string): string {
  return `${prefix}_${encodeEvent(eventId)}${encodeUuid(id)}`;
}

/** The UUID in `evt_…`, or null if the text is not a well-formed id of that prefix. */
export function parseId(prefix: IdPrefix, text: string): string | null {
  if (text.length !== prefix.length + 1 + UUID_CHARS || !hasPrefix(prefix, text)) return null;
  return prefix === 'evt' ? decodeEvent(text, prefix.length + 1) : decodeUuid(text, prefix.length + 1);
}

/** The UUIDs in `bkg_…`, or null if the text is not a well-formed id of that prefix. */
export function parseCellId(prefix: IdPrefix, text: string): CellId | null {
  if (text.length !== prefix.length + 1 + 2 * UUID_CHARS || !hasPrefix(prefix, text)) return null;
  const eventId = decodeEvent(text, prefix.length + 1);
  const id = decodeUuid(text, prefix.length + 1 + UUID_CHARS);
  return eventId === null || id === null ? null : { eventId, id };
}

/** Which ticket is meant: its event, its booking and its number in it, counted from one. */
export type TicketKey = { eventId: string; bookingId: string; number: number };

const TICKET_PREFIX = 'tkt';
const NUMBER_CHARS = 3;
const NUMBER_MAX = 32 ** NUMBER_CHARS - 1;

/** `tkt_…`: behind event and booking stands the ticket's number, in three characters. */
export function formatTicketId({ eventId, bookingId, number }: TicketKey): string {
  invariant(Number.isInteger(number) && number >= 1 && number <= NUMBER_MAX, 'a ticket’s number has three characters');
  const numberText = ALPHABET.charAt(number >>> 10) + ALPHABET.charAt((number >>> 5) & 31) + ALPHABET.charAt(number & 31);
  return `${TICKET_PREFIX}_${encodeEvent(eventId)}${encodeUuid(bookingId)}${numberText}`;
}

/** The ticket that `tkt_…` names, or null if the text is no ticket's id. */
export function parseTicketId(text: string): TicketKey | null {
  const numberAt = TICKET_PREFIX.length + 1 + 2 * UUID_CHARS;
  if (text.length !== numberAt + NUMBER_CHARS || !hasPrefix(TICKET_PREFIX, text)) return null;
  const eventId = decodeEvent(text, TICKET_PREFIX.length + 1);
  const bookingId = decodeUuid(text, TICKET_PREFIX.length + 1 + UUID_CHARS);
  const high = valueOfCharCode[text.charCodeAt(numberAt)] ?? -1;
  const low = decodePair(text, numberAt + 1);
  if (eventId === null || bookingId === null || high < 0 || low < 0 || high + low === 0) return null;
  return { eventId, bookingId, number: high * 1024 + low };
}

function hasPrefix(prefix: string, text: string): boolean {
  return text.startsWith(prefix) && text.charCodeAt(prefix.length) === 95;
}

/** In a rush most requests and answers name one event, several times each: the last is kept, in both forms. */
let lastEventId = '00000000-0000-0000-0000-000000000000';
let lastEventText = '0'.repeat(UUID_CHARS);

function encodeEvent(eventId: string): string {
  if (eventId !== lastEventId) {
    lastEventText = encodeUuid(eventId);
    lastEventId = eventId;
  }
  return lastEventText;
}

function decodeEvent(text: string, from: number): string | null {
  return text.startsWith(lastEventText, from) ? lastEventId : decodeUuid(text, from);
}

const CODES = Buffer.from(ALPHABET, 'latin1');
const text = Buffer.alloc(UUID_CHARS);

/**
 * Thirteen pairs of characters: two leading zero bits, then 128 bits, in steps of 20 bits = 5 hex digits. Written as
 * character codes into one buffer: joining pieces of strings costs six times as much.
 */
function encodeUuid(uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  const first = Number.parseInt(hex.slice(0, 2), 16);
  text[0] = CODES[first >>> 5]!;
  text[1] = CODES[first & 31]!;
  for (let at = 2, to = 2; at < 32; at += 5, to += 4) {
    const bits = Number.parseInt(hex.slice(at, at + 5), 16);
    text[to] = CODES[bits >>> 15]!;
    text[to + 1] = CODES[(bits >>> 10) & 31]!;
    text[to + 2] = CODES[(bits >>> 5) & 31]!;
    text[to + 3] = CODES[bits & 31]!;
  }
  return text.toString('latin1');
}

function decodeUuid(text: string, from: number): string | null {
  const first = decodePair(text, from);
  if (first < 0 || first > 255) return null;
  let hex = first.toString(16).padStart(2, '0');
  for (let at = from + 2; at < from + UUID_CHARS; at += 4) {
    const high = decodePair(text, at);
    const low = decodePair(text, at + 2);
    if (high < 0 || low < 0) return null;
    hex += (high * 1024 + low).toString(16).padStart(5, '0');
  }
  return dashed(hex);
}

function decodePair(text: string, at: number): number {
  const high = valueOfCharCode[text.charCodeAt(at)] ?? -1;
  const low = valueOfCharCode[text.charCodeAt(at + 1)] ?? -1;
  return high < 0 || low < 0 ? -1 : high * 32 + low;
}
