import { randomBytes } from 'node:crypto';

/** Requests that were written before a load runs. */
export type Slab = {
  /** The next request, or null when all were taken. With `again` it begins anew. */
  take(again: boolean): Buffer | null;
};

/** Texts of one length each, so that every request has the same size. */
export type RequestParts = { body: string; issueToken: () => string };

const KEY_CHARS = 24;
const MARK_TOKEN = 'T';
const MARK_KEY = 'K';

/**
 * Requests to place a booking, whole and in one block of memory: each with an Idempotency-Key and a buyer session
 * never seen before. Nothing is signed, joined or measured in length while a load runs.
 */
export class RequestSlab implements Slab {
  readonly count: number;
  readonly #bytes: Buffer;
  readonly #size: number;
  #next = 0;

  constructor(count: number, parts: RequestParts) {
    const tokenChars = parts.issueToken().length;
    const template = templateOf(parts.body, tokenChars);
    const tokenAt = template.indexOf(MARK_TOKEN.repeat(tokenChars));
    const keyAt = template.indexOf(MARK_KEY.repeat(KEY_CHARS));
    const series = randomBytes(6).toString('hex');
    this.count = count;
    this.#size = template.length;
    this.#bytes = Buffer.allocUnsafe(count * template.length);
    for (let index = 0; index < count; index += 1) {
      const at = index * template.length;
      template.copy(this.#bytes, at);
      this.#bytes.write(parts.issueToken(), at + tokenAt, 'latin1');
      this.#bytes.write(series + String(index).padStart(KEY_CHARS - series.length, '0'), at + keyAt, 'latin1');
    }
  }

  /** The next request, or null when all were taken. With `again` it begins anew: for servers that keep nothing. */
  take(again: boolean): Buffer | null {
    if (this.#next === this.count && !again) return null;
    if (this.#next === this.count) this.#next = 0;
    const at = this.#next * this.#size;
    this.#next += 1;
    return this.#bytes.subarray(at, at + this.#size);
  }
}

function templateOf(body: string, tokenChars: number): Buffer {
  const lines = [
    'POST /api/v1/bookings HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${MARK_TOKEN.repeat(tokenChars)}`,
    `Idempotency-Key: ${MARK_KEY.repeat(KEY_CHARS)}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
