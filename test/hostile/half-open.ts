import { connect } from 'node:net';

export type HalfOpen = { label: string; answer: string; ms: number };

/** Requests that are begun and never finished, and the pace at which one of them drips. */
const BEGINNINGS: readonly [label: string, text: string, drip: string][] = [
  ['nothing at all', '', ''],
  ['half a line', 'GET /api/v1/ev', ''],
  ['a line without headers', 'GET /api/v1/events HTTP/1.1\r\n', ''],
  ['headers without end', 'GET /api/v1/events HTTP/1.1\r\nHost: x\r\n', ''],
  ['headers that drip', 'GET /api/v1/events HTTP/1.1\r\nHost: x\r\n', 'X-A: b\r\n'],
  [
    'a body that does not come',
    'POST /api/v1/buyer-sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n',
    '',
  ],
  [
    'a body that drips',
    'POST /api/v1/buyer-sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n',
    ' ',
  ],
  [
    'a chunk that does not come',
    'POST /api/v1/buyer-sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n',
    '',
  ],
  [
    'chunks that drip',
    'POST /api/v1/buyer-sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    '1\r\n \r\n',
  ],
];

const DRIP_EVERY_MS = 500;

/** Leaves requests half open, `count` of each kind, and waits until the server has closed every one. */
export function leaveHalfOpen(port: number, count: number): Promise<HalfOpen[]> {
  const kinds = Array.from({ length: count }, () => BEGINNINGS).flat();
  return Promise.all(kinds.map(([label, text, drip]) => leaveOne(port, { label, text, drip })));
}

function leaveOne(port: number, { label, text, drip }: { label: string; text: string; drip: string }): Promise<HalfOpen> {
  const { promise, resolve } = Promise.withResolvers<HalfOpen>();
  const startedMs = performance.now();
  let answer = '';
  const socket = connect(port, '127.0.0.1', () => socket.write(text));
  const dripping = setInterval(() => drip !== '' && socket.writable && socket.write(drip), DRIP_EVERY_MS);
  socket.setEncoding('latin1');
  socket.on('data', (piece) => {
    answer += String(piece);
  });
  // A drip may meet a connection that the server has just closed.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(dripping);
    resolve({ label, answer, ms: performance.now() - startedMs });
  });
  return promise;
}
