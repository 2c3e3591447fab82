import { connect, type Socket } from 'node:net';
import { AnswerReader, type Answer } from './answer-reader.ts';

/** What goes over one connection: bytes, and how many answers are awaited before it is closed. */
export type Exchange = {
  pieces: readonly (string | Buffer)[];
  /** Methods of the requests in it, in order: an answer to HEAD has no body. */
  methods: readonly string[];
  /** Sends `pieces` and then this again and again until an answer comes: a body without end. */
  endless?: Buffer;
};

export type Exchanged = { answers: Answer[]; ms: number; end: 'answered' | 'closed' | 'timeout'; rest: string };

const ENDLESS_BYTES_MAX = 8 * 1024 * 1024;

/** Sends bytes as they are over a connection of its own and gathers the answers until all are there or it is closed. */
export function exchange(port: number, sent: Exchange, timeoutMs: number): Promise<Exchanged> {
  const { promise, resolve } = Promise.withResolvers<Exchanged>();
  const startedMs = performance.now();
  const reader = new AnswerReader(sent.methods);
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const timer = setTimeout(() => finish('timeout'), timeoutMs);
  let isOver = false;
  function finish(end: Exchanged['end']): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    socket.destroy();
    resolve({ answers: reader.answers, ms: performance.now() - startedMs, end, rest: reader.rest() });
  }
  socket.on('connect', () => {
    for (const piece of sent.pieces) socket.write(piece);
    if (sent.endless) pour(socket, sent.endless);
  });
  socket.on('data', (bytes) => {
    reader.push(bytes);
    if (reader.isComplete()) finish('answered');
  });
  // A server that refuses a body may close while it is still being sent: what it said before counts.
  socket.on('error', () => {});
  socket.on('close', () => {
    reader.end();
    finish(reader.isComplete() ? 'answered' : 'closed');
  });
  return promise;
}

function pour(socket: Socket, bytes: Buffer): void {
  let sentBytes = 0;
  const more = (): void => {
    while (!socket.destroyed && sentBytes < ENDLESS_BYTES_MAX) {
      sentBytes += bytes.length;
      if (!socket.write(bytes)) return;
    }
  };
  socket.on('drain', more);
  more();
}
