import { invariant } from '../invariant.ts';

/**
 * Arrays for `unnest`, as PostgreSQL sends and receives them (array_recv in its source): number of dimensions, whether
 * there are nulls, the element type's OID, then length and lower bound of the one dimension, then each element behind its
 * length in bytes, -1 for null. `pg` would write text, which both sides take apart character by character: measured, a
 * hold costs PostgreSQL a sixth more processor time then. A value that does not fit its type throws: it would not arrive.
 */
const OIDS = { boolean: 16, bigint: 20, integer: 23, text: 25, json: 114, double: 701, uuid: 2950 };
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;
const NULL_LENGTH = -1;

type Element = keyof typeof OIDS;

/** Writes a value at an offset of the buffer; its bytes are already accounted for. */
type Write<Value> = (buffer: Buffer, value: Value, at: number) => void;

/** uuid[] from their texts, which the caller has parsed. */
export function uuidArray(values: readonly (string | null)[]): Buffer {
  return sized('uuid', UUID_BYTES, values, writeUuid);
}

/** uuid[] from their bytes, one behind the other: for random ones, which never were texts. */
export function uuidArrayOfBytes(bytes: Buffer): Buffer {
  invariant(bytes.length % UUID_BYTES === 0, 'a uuid has 16 bytes');
  const firsts = Array.from({ length: bytes.length / UUID_BYTES }, (_, index) => index * UUID_BYTES);
  return sized('uuid', UUID_BYTES, firsts, (buffer, first, at) => bytes.copy(buffer, at, first, first + UUID_BYTES));
}

/** int[] */
export function integerArray(values: readonly (number | null)[]): Buffer {
  return sized('integer', 4, values, writeInteger);
}

/** bigint[] from safe integers. */
export function bigintArray(values: readonly (number | null)[]): Buffer {
  return sized('bigint', 8, values, writeBigint);
}

/** float8[] */
export function doubleArray(values: readonly (number | null)[]): Buffer {
  return sized('double', 8, values, (buffer, value, at) => buffer.writeDoubleBE(value, at));
}

/** bool[] */
export function booleanArray(values: readonly (boolean | null)[]): Buffer {
  return sized('boolean', 1, values, (buffer, value, at) => buffer.writeUInt8(Number(value), at));
}

/** text[]; PostgreSQL refuses what has a NUL character in it. */
export function textArray(values: readonly (string | null)[]): Buffer {
  return texts('text', values);
}

/** json[] from JSON texts; PostgreSQL refuses what is none. */
export function jsonArray(values: readonly (string | null)[]): Buffer {
  return texts('json', values);
}

function sized<Value>(element: Element, bytes: number, values: readonly (Value | null)[], write: Write<Value>): Buffer {
  const buffer = allocate(element, values, HEADER_BYTES + values.length * (LENGTH_BYTES + bytes));
  let at = HEADER_BYTES;
  for (const value of values) {
    buffer.writeInt32BE(value === null ? NULL_LENGTH : bytes, at);
    at += LENGTH_BYTES;
    if (value === null) continue;
    write(buffer, value, at);
    at += bytes;
  }
  return buffer.subarray(0, at);
}

function texts(element: Element, values: readonly (string | null)[]): Buffer {
  const bytes = values.reduce((sum, value) => sum + LENGTH_BYTES + (value === null ? 0 : Buffer.byteLength(value)), HEADER_BYTES);
  const buffer = allocate(element, values, bytes);
  let at = HEADER_BYTES;
  for (const value of values) {
    const written = value === null ? 0 : buffer.write(value, at + LENGTH_BYTES);
    buffer.writeInt32BE(value === null ? NULL_LENGTH : written, at);
    at += LENGTH_BYTES + written;
  }
  return buffer;
}

/** A buffer of `bytes` with the header of an array of one dimension. */
function allocate(element: Element, values: readonly unknown[], bytes: number): Buffer {
  const buffer = takeBuffer(bytes);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  buffer.writeInt32BE(OIDS[element], 8);
  buffer.writeInt32BE(values.length, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

/**
 * Buffers are cut from slabs: memory outside V8's heap is expensive to take and to collect, and a batch writes some thirty
 * arrays of a few kilobytes, too large for Node's own pool.
 */
const SLAB_BYTES = 512 * 1024;
let slab = Buffer.alloc(0);
let usedBytes = 0;

function takeBuffer(bytes: number): Buffer {
  if (bytes > SLAB_BYTES / 8) return Buffer.allocUnsafeSlow(bytes);
  if (usedBytes + bytes > slab.length) {
    slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
    usedBytes = 0;
  }
  usedBytes += bytes;
  return slab.subarray(usedBytes - bytes, usedBytes);
}

function writeInteger(buffer: Buffer, value: number, at: number): void {
  invariant(Number.isInteger(value), 'an int comes from an integer');
  buffer.writeInt32BE(value, at);
}

function writeBigint(buffer: Buffer, value: number, at: number): void {
  invariant(Number.isSafeInteger(value), 'a bigint comes from a safe integer');
  buffer.writeInt32BE(Math.floor(value / 2 ** 32), at);
  buffer.writeUInt32BE(value >>> 0, at + 4);
}

/** Where each byte of a UUID stands in its text. */
const UUID_DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const;
const UUID_CHARS = 36;
const NO_DIGIT = 0x100;
/** The value of a hex digit by its character's code. */
const DIGITS = Uint16Array.from({ length: 128 }, (_, code) => digitOf(String.fromCharCode(code)));

function digitOf(char: string): number {
  return /[0-9a-f]/i.test(char) ? Number.parseInt(char, 16) : NO_DIGIT;
}

function writeUuid(buffer: Buffer, value: string, at: number): void {
  let wrong = value.length === UUID_CHARS ? 0 : NO_DIGIT;
  for (let index = 0; index < UUID_DIGITS.length; index += 1) {
    const from = UUID_DIGITS[index]!;
    const byte = ((DIGITS[value.charCodeAt(from)] ?? NO_DIGIT) << 4) | (DIGITS[value.charCodeAt(from + 1)] ?? NO_DIGIT);
    wrong |= byte & ~0xff;
    buffer[at + index] = byte;
  }
  invariant(wrong === 0, 'a uuid is 32 hex digits and 4 dashes');
}
