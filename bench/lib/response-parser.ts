const HEAD_END = Buffer.from('\r\n\r\n');
const STATUS_AT = 'HTTP/1.1 '.length;
const LENGTH_NAME = Buffer.from('content-length:');
const NOTHING = Buffer.alloc(0);
const LF = 10;
const DIGIT_ZERO = 48;

/**
 * Reads the answers of one connection, one at a time: the status line and Content-Length by hand, the body counted.
 * It is between answers, or inside a head of which a part is kept, or inside a body of which bytes are still to come.
 * Answers without Content-Length are not understood: Tessera sends none on the routes that are measured.
 */
export class ResponseParser {
  /** Of the answer that was completed last. */
  status = 0;
  /** Set before an answer begins: keep its body. Bodies of errors are always kept. */
  keepsBody = false;
  #head = NOTHING;
  #bodyLeft = -1;
  #body: Buffer[] = [];

  /** Takes the first `length` bytes of what arrived; true when they complete the answer. Throws on anything it cannot read. */
  push(chunk: Buffer, length: number): boolean {
    if (this.#bodyLeft >= 0) return this.#takeBody(chunk, 0, length);
    const data = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk.subarray(0, length)]);
    const end = data === chunk ? length : data.length;
    const headEnd = data.indexOf(HEAD_END);
    // Behind the end lie bytes of an earlier answer.
    if (headEnd < 0 || headEnd + HEAD_END.length > end) {
      this.#head = Buffer.from(data.subarray(0, end));
      return false;
    }
    this.#head = NOTHING;
    this.#readHead(data, headEnd);
    return this.#takeBody(data, headEnd + HEAD_END.length, end);
  }

  /** The kept body of the answer that was completed last. */
  takeBody(): string {
    const text = Buffer.concat(this.#body).toString('utf8');
    this.#body = [];
    return text;
  }

  #readHead(data: Buffer, headEnd: number): void {
    this.status = readNumber(data, STATUS_AT);
    const lengthAt = findLength(data, headEnd);
    if (this.status < 100 || this.status > 599 || lengthAt < 0)
      throw new Error(`Unreadable answer: ${data.toString('latin1', 0, headEnd)}`);
    this.#bodyLeft = readNumber(data, lengthAt);
    this.#body.length = 0;
  }

  #takeBody(data: Buffer, from: number, end: number): boolean {
    if (end - from > this.#bodyLeft) throw new Error('More came than the answer that was asked for.');
    this.#bodyLeft -= end - from;
    if (this.keepsBody || this.status >= 300) this.#body.push(Buffer.from(data.subarray(from, end)));
    if (this.#bodyLeft > 0) return false;
    this.#bodyLeft = -1;
    return true;
  }
}

/** Where the value of Content-Length begins, or -1. */
function findLength(data: Buffer, headEnd: number): number {
  for (let at = STATUS_AT; at < headEnd; at += 1) {
    if (data[at] === LF && isLengthName(data, at + 1)) return at + 1 + LENGTH_NAME.length;
  }
  return -1;
}

function isLengthName(data: Buffer, from: number): boolean {
  for (let at = 0; at < LENGTH_NAME.length; at += 1) {
    // Names are ASCII without regard to case; the hyphen and the colon already have the bit that makes letters small.
    if ((data[from + at]! | 0x20) !== LENGTH_NAME[at]) return false;
  }
  return true;
}

/** A number after optional spaces; -1 where there is none. */
function readNumber(data: Buffer, from: number): number {
  let at = from;
  while (data[at] === 0x20) at += 1;
  let value = -1;
  for (let digit = data[at]! - DIGIT_ZERO; digit >= 0 && digit <= 9; digit = data[at]! - DIGIT_ZERO) {
    value = Math.max(value, 0) * 10 + digit;
    at += 1;
  }
  return value;
}
