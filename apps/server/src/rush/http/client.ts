import { openConnection, type Address, type Connection, type Exchange, type Reply } from './connection.ts';
import { buildFifo } from './fifo.ts';

export type Call = {
  /** What the request is for, in words of the report. */
  kind: string;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  path: string;
  token: string | null;
  key: string | null;
  body: string | null;
  timeoutMs: number;
  vanishAfterMs: number | null;
  /** Newcomers wait behind those who have begun: the time of a hold runs. */
  isNewcomer: boolean;
};

export type Observer = {
  /** A request got its connection after so long. */
  waited(ms: number): void;
  /** A request was answered so long after it was written. */
  answered(kind: string, ms: number): void;
};

export type HttpClient = { send(call: Call): Promise<Reply>; close(): void };

const SWEEP_MS = 50;

/** Sends requests over at most `connectionsMax` keep-alive connections to one server, opened when they are needed. */
export function buildHttpClient(url: URL, connectionsMax: number, observer: Observer): HttpClient {
  const address = addressOf(url);
  const open = new Set<Connection>();
  const idle: Connection[] = [];
  const begun = buildFifo<Exchange>();
  const newcomers = buildFifo<Exchange>();

  const dispatch = (): void => {
    while (begun.length + newcomers.length > 0) {
      const connection = idle.pop() ?? (open.size < connectionsMax ? add() : undefined);
      if (connection === undefined) return;
      const next = begun.take() ?? newcomers.take();
      if (next !== undefined) connection.run(next);
    }
  };
  const add = (): Connection => {
    const connection = openConnection({
      address,
      onFree: (free) => {
        idle.push(free);
        dispatch();
      },
      onClosed: (closed) => {
        open.delete(closed);
        const at = idle.indexOf(closed);
        if (at >= 0) idle.splice(at, 1);
        dispatch();
      },
    });
    open.add(connection);
    return connection;
  };
  const sweeper = setInterval(() => {
    const nowMs = performance.now();
    for (const connection of open) connection.sweep(nowMs);
  }, SWEEP_MS);

  return {
    send: (call) =>
      new Promise((resolve) => {
        const queue = call.isNewcomer ? newcomers : begun;
        queue.push(exchangeOf({ url, call, observer, resolve }));
        dispatch();
      }),
    close: () => {
      clearInterval(sweeper);
      for (const connection of open) connection.destroy();
    },
  };
}

function addressOf(url: URL): Address {
  const isSecure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return { host, isSecure, port: Number(url.port) || (isSecure ? 443 : 80) };
}

/** The request on the wire. Everything in it is ASCII. */
function requestText(url: URL, { method, path, token, key, body }: Call): string {
  let text = `${method} ${path} HTTP/1.1\r\nHost: ${url.host}\r\n`;
  if (token !== null) text += `Authorization: Bearer ${token}\r\n`;
  if (key !== null) text += `Idempotency-Key: ${key}\r\n`;
  if (body !== null) return `${text}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  return method === 'GET' ? `${text}\r\n` : `${text}Content-Length: 0\r\n\r\n`;
}

type ExchangeParts = { url: URL; call: Call; observer: Observer; resolve: (reply: Reply) => void };

/** The call as it goes over a connection; the observer hears how long it waited for one, and how long for its answer. */
function exchangeOf({ url, call, observer, resolve }: ExchangeParts): Exchange {
  const askedMs = performance.now();
  let writtenMs = askedMs;
  return {
    text: requestText(url, call),
    timeoutMs: call.timeoutMs,
    vanishAfterMs: call.vanishAfterMs,
    onWritten: (nowMs) => {
      writtenMs = nowMs;
      observer.waited(nowMs - askedMs);
    },
    settle: (reply) => {
      if (reply.kind === 'answer') observer.answered(call.kind, performance.now() - writtenMs);
      resolve(reply);
    },
  };
}
