/**
 * Public ids follow the TypeID format (https://github.com/jetify-com/typeid): a prefix, an underscore and a
 * UUID in 26 characters of Crockford's base 32. The id of a row inside an event carries the event's UUID
 * first, so that every call finds its lane and its shard: `bkg_` + 26 characters of event + 26 of booking.
 */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID_CHARS = 26;

const valueOfCharCode = new Int8Array(128).fill(-1);
for (let value = 0; value < 32; value += 1) valueOfCharCode[ALPHABET.charCodeAt(value)] = value;

const pairs: string[] = [];
for (let high = 0; high < 32; high += 1) for (let low = 0; low < 32; low += 1) pairs.push(ALPHABET.charAt(high) + ALPHABET.charAt(low));

export type IdPrefix = 'org' | 'evt' | 'typ' | 'quo' | 'bkg';

/** The ids of a row inside an event, both as UUIDs in lower-case text. */
export type CellId = { eventId: string; id: string };

/** `evt_…` from a UUID. */
export function formatId(prefix: IdPrefix, uuid: string): string {
  return `${prefix}_${encodeUuid(uuid)}`;
}

/** `bkg_…` from the UUIDs of the event and of the row. */
export function formatCellId(prefix: IdPrefix, eventId: string, id: string): string {
  return `${prefix}_${encodeUuid(eventId)}${encodeUuid(id)}`;
}

/** The UUID in `evt_…`, or null if the text is not a well-formed id of that prefix. */
export function parseId(prefix: IdPrefix, text: string): string | null {
  if (text.length !== prefix.length + 1 + UUID_CHARS || !hasPrefix(prefix, text)) return null;
  return decodeUuid(text, prefix.length + 1);
}

/** The UUIDs in `bkg_…`, or null if the text is not a well-formed id of that prefix. */
export function parseCellId(prefix: IdPrefix, text: string): CellId | null {
  if (text.length !== prefix.length + 1 + 2 * UUID_CHARS || !hasPrefix(prefix, text)) return null;
  const eventId = decodeUuid(text, prefix.length + 1);
  const id = decodeUuid(text, prefix.length + 1 + UUID_CHARS);
  return eventId === null || id === null ? null : { eventId, id };
}

function hasPrefix(prefix: string, text: string): boolean {
  return text.startsWith(prefix) && text.charCodeAt(prefix.length) === 95;
}

/** 128 bits are cut, from the right, into twelve groups of ten bits and one of eight. */
function encodeUuid(uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  let text = '';
  // Thirteen pairs of characters: two leading zero bits, then 128 bits. Each step takes 20 bits = 5 hex digits.
  text += pairs[Number.parseInt(hex.slice(0, 2), 16)];
  for (let at = 2; at < 32; at += 5) {
    const bits = Number.parseInt(hex.slice(at, at + 5), 16);
    text += pairs[bits >>> 10]! + pairs[bits & 1023]!;
  }
  return text;
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

/** A UUID with dashes from 32 hex digits. */
export function dashed(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
