import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { buildResponseParser, MalformedAnswer, type HttpAnswer } from './response-parser.ts';

export type Address = { host: string; port: number; isSecure: boolean };

export type Reply =
  | { kind: 'answer'; answer: HttpAnswer }
  /** The client stopped waiting and closed the connection. */
  | { kind: 'timeout' }
  /** The connection ended under the request; whether the server has executed it is not known. */
  | { kind: 'dropped'; reason: string }
  /** The client went away on purpose, and has not seen the answer. */
  | { kind: 'vanished' };

/** One request on its way. */
export type Exchange = {
  text: string;
  timeoutMs: number;
  /** Destroys the connection so long after the request was written. */
  vanishAfterMs: number | null;
  onWritten(nowMs: number): void;
  settle(reply: Reply): void;
};

export type Connection = {
  run(exchange: Exchange): void;
  /** Ends a request that has waited too long. */
  sweep(nowMs: number): void;
  destroy(): void;
};

type Options = {
  address: Address;
  /** The answer is in, and the connection takes the next request. */
  onFree(connection: Connection): void;
  onClosed(connection: Connection): void;
};

/**
 * A keep-alive connection with one request at a time: idle, busy, closed. Whatever ends it settles the request on it,
 * exactly once; it is never opened again.
 */
export function openConnection({ address, onFree, onClosed }: Options): Connection {
  let current: Exchange | null = null;
  let deadlineMs = 0;
  let vanishing: NodeJS.Timeout | undefined;
  let reason = 'the connection was closed';
  const socket = openSocket(address);
  const settle = (reply: Reply): void => {
    const settled = current;
    current = null;
    clearTimeout(vanishing);
    settled?.settle(reply);
  };
  const give = (reply: Reply): void => {
    settle(reply);
    socket.destroy();
  };
  const parser = buildResponseParser((answer) => {
    // An answer to nothing: the server is about to close the connection.
    if (current === null) return give({ kind: 'dropped', reason: 'an answer to no request' });
    // Who vanishes has not seen an answer that came before that.
    if (current.vanishAfterMs !== null) return give({ kind: 'vanished' });
    settle({ kind: 'answer', answer });
    if (answer.closes) socket.destroy();
    else onFree(connection);
  });
  const connection: Connection = {
    run: (exchange) => {
      current = exchange;
      const nowMs = performance.now();
      deadlineMs = nowMs + exchange.timeoutMs;
      socket.write(exchange.text, 'latin1');
      exchange.onWritten(nowMs);
      if (exchange.vanishAfterMs === null) return;
      vanishing = setTimeout(() => give({ kind: 'vanished' }), exchange.vanishAfterMs);
    },
    sweep: (nowMs) => {
      if (current !== null && nowMs > deadlineMs) give({ kind: 'timeout' });
    },
    destroy: () => socket.destroy(),
  };
  socket.on('data', (chunk: Buffer) => {
    try {
      parser.push(chunk);
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
      give({ kind: 'dropped', reason: error.message });
    }
  });
  socket.on('error', (error: NodeJS.ErrnoException) => {
    reason = error.code ?? error.message;
  });
  socket.on('end', () => socket.destroy());
  socket.on('close', () => {
    settle({ kind: 'dropped', reason });
    onClosed(connection);
  });
  return connection;
}

function openSocket({ host, port, isSecure }: Address): Socket {
  const socket = isSecure ? connectSecure({ host, port, servername: host }) : connectPlain({ host, port });
  return socket.setNoDelay(true);
}
