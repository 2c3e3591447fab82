/** What came back over the wire; `body` is text, empty where there was none. */
export type HttpAnswer = {
  status: number;
  body: string;
  /** Whether the server says that this answers a repeat. */
  isReplayed: boolean;
  retryAfterSeconds: number | null;
  /** Whether the connection ends with this answer. */
  closes: boolean;
};

export type ResponseParser = { push(chunk: Buffer): void };

const HEAD_END = Buffer.from('\r\n\r\n');
const HEAD_BYTES_MAX = 64 * 1024;

/** The bytes are no HTTP answer that this client reads. */
export class MalformedAnswer extends Error {}

/**
 * Reads the answers of one HTTP/1.1 connection from chunks cut anywhere, and calls `onAnswer` for each. Bodies have a
 * length or are chunked. Throws MalformedAnswer. It knows the few headers that a buyer needs and skips the rest: the
 * crowd shares the machine with the server that it measures, so every microsecond here is taken from there.
 */
export function buildResponseParser(onAnswer: (answer: HttpAnswer) => void): ResponseParser {
  let rest: Buffer = Buffer.alloc(0);
  return {
    push: (chunk) => {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let taken = takeAnswer(rest, onAnswer); taken > 0; taken = takeAnswer(rest, onAnswer)) rest = rest.subarray(taken);
    },
  };
}

/** Bytes of the first answer in `bytes`, or 0 while it is not whole. */
function takeAnswer(bytes: Buffer, onAnswer: (answer: HttpAnswer) => void): number {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) {
    if (bytes.length > HEAD_BYTES_MAX) throw new MalformedAnswer('the headers never end');
    return 0;
  }
  const head = bytes.toString('latin1', 0, headEnd);
  const status = readStatus(head);
  const bodyAt = headEnd + HEAD_END.length;
  if (status < 200) return bodyAt;
  const body = readBody(bytes, bodyAt, { head, status });
  if (body === null) return 0;
  onAnswer({
    status,
    body: body.text,
    isReplayed: header(head, 'idempotency-replayed') === 'true',
    retryAfterSeconds: wholeNumber(header(head, 'retry-after')),
    closes: header(head, 'connection')?.toLowerCase() === 'close',
  });
  return body.end;
}

function readStatus(head: string): number {
  const status = head.startsWith('HTTP/1.1 ') || head.startsWith('HTTP/1.0 ') ? Number(head.slice(9, 12)) : Number.NaN;
  if (!Number.isInteger(status) || status < 100) throw new MalformedAnswer(`no HTTP answer: ${head.slice(0, 40)}`);
  return status;
}

type Body = { text: string; end: number };

function readBody(bytes: Buffer, at: number, { head, status }: { head: string; status: number }): Body | null {
  if (status === 204 || status === 304) return { text: '', end: at };
  const length = wholeNumber(header(head, 'content-length'));
  if (length !== null) return bytes.length < at + length ? null : { text: bytes.toString('utf8', at, at + length), end: at + length };
  if (header(head, 'transfer-encoding')?.toLowerCase() === 'chunked') return readChunks(bytes, at);
  throw new MalformedAnswer('a body without length');
}

function readChunks(bytes: Buffer, at: number): Body | null {
  const parts: Buffer[] = [];
  for (let from = at; ; ) {
    const lineEnd = bytes.indexOf('\r\n', from, 'latin1');
    if (lineEnd < 0) return null;
    const size = Number.parseInt(bytes.toString('latin1', from, lineEnd), 16);
    if (!Number.isInteger(size)) throw new MalformedAnswer('a chunk without size');
    const dataAt = lineEnd + 2;
    const next = dataAt + size + 2;
    if (bytes.length < next) return null;
    if (bytes[next - 2] !== 13 || bytes[next - 1] !== 10) throw new MalformedAnswer('a chunk of another length than it says');
    if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), end: next };
    parts.push(bytes.subarray(dataAt, dataAt + size));
    from = next;
  }
}

/** The value of a header, by its name in lower case. Servers write names in either case, so both are looked for. */
function header(head: string, name: string): string | null {
  const at = findHeader(head, name);
  if (at < 0) return null;
  const from = at + name.length + 3;
  const end = head.indexOf('\r\n', from);
  return head.slice(from, end < 0 ? undefined : end).trim();
}

function findHeader(head: string, name: string): number {
  const lower = head.indexOf(`\r\n${name}:`);
  if (lower >= 0) return lower;
  return head.indexOf(`\r\n${titleCase(name)}:`);
}

const titleCases = new Map<string, string>();

function titleCase(name: string): string {
  const known = titleCases.get(name);
  if (known !== undefined) return known;
  const made = name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  titleCases.set(name, made);
  return made;
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
