/** An HTTP/1.1 answer; `text` is its body. */
export type HttpReply = { status: number; text: string };

/** What has come so far of one answer: not whole yet, or whole, with whether its connection can carry another. */
export type Reading = { kind: 'partial' } | { kind: 'whole'; reply: HttpReply; isLast: boolean };

/** The bytes are no answer that this client reads. */
export class MalformedAnswer extends Error {}

const HEAD_END = Buffer.from('\r\n\r\n');
const HEAD_BYTES_MAX = 16 * 1024;
const PARTIAL: Reading = { kind: 'partial' };

/** Reads the one answer that begins `bytes`; `isEnded` says that no more will come. Throws MalformedAnswer. */
export function readResponse(bytes: Buffer, isEnded: boolean): Reading {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) {
    if (bytes.length > HEAD_BYTES_MAX) throw new MalformedAnswer('its head never ends');
    return PARTIAL;
  }
  const head = bytes.toString('latin1', 0, headEnd).toLowerCase();
  const status = readStatus(head);
  const body = bytes.subarray(headEnd + HEAD_END.length);
  if (status < 200) return readResponse(body, isEnded);
  const isLast = header(head, 'connection') === 'close';
  const text = readBody(body, { head, status, isEnded });
  return text === null ? PARTIAL : { kind: 'whole', reply: { status, text }, isLast };
}

function readStatus(head: string): number {
  const status = head.startsWith('http/1.1 ') || head.startsWith('http/1.0 ') ? Number(head.slice(9, 12)) : Number.NaN;
  if (!Number.isInteger(status) || status < 100) throw new MalformedAnswer('it is no HTTP');
  return status;
}

type Head = { head: string; status: number; isEnded: boolean };

/** Null while the body is not whole. */
function readBody(bytes: Buffer, { head, status, isEnded }: Head): string | null {
  if (status === 204 || status === 304) return '';
  if (header(head, 'transfer-encoding') !== null) return readChunks(bytes);
  const length = header(head, 'content-length');
  if (length === null) return isEnded ? bytes.toString('utf8') : null;
  if (!/^\d{1,9}$/.test(length)) throw new MalformedAnswer('its length is no number');
  return bytes.length < Number(length) ? null : bytes.toString('utf8', 0, Number(length));
}

function readChunks(bytes: Buffer): string | null {
  const parts: Buffer[] = [];
  for (let from = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', from, 'latin1');
    if (lineEnd < 0) return null;
    const size = /^[0-9a-f]{1,7}(?=$|[ ;])/i.exec(bytes.toString('latin1', from, lineEnd))?.[0];
    if (size === undefined) throw new MalformedAnswer('its chunks have no size');
    const start = lineEnd + 2;
    const end = start + Number.parseInt(size, 16);
    if (end === start) return bytes.indexOf('\r\n', start, 'latin1') < 0 ? null : Buffer.concat(parts).toString('utf8');
    if (bytes.length < end + 2) return null;
    parts.push(bytes.subarray(start, end));
    from = end + 2;
  }
}

function header(head: string, name: string): string | null {
  const at = head.indexOf(`\r\n${name}:`);
  if (at < 0) return null;
  const from = at + name.length + 3;
  const to = head.indexOf('\r\n', from);
  return head.slice(from, to < 0 ? undefined : to).trim();
}
