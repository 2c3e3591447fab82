import { connect } from 'node:net';
import { readResponse, type HttpReply } from './read-response.ts';

/** A request on its way; `text` is all of it, head and body. */
export type Exchange = {
  text: string;
  /** `isUntouched`: nothing came back, over a connection that had been open before: it was closed just then. */
  settle(outcome: HttpReply | Error, isUntouched: boolean): void;
};

export type Connection = {
  /** Sends a request; the one before is settled. */
  run(exchange: Exchange): void;
  /** Ends it, with what is on its way. */
  destroy(reason: Error): void;
};

export type ConnectionOptions = {
  host: string;
  port: number;
  answerBytesMax: number;
  /** It can carry another request. */
  onFree: (connection: Connection) => void;
  onClosed: (connection: Connection) => void;
};

/**
 * One connection that stays open: free → (run) → busy → (the whole answer) → free again; closed from either side, or by an
 * answer that cannot be read. Free ones do not keep the process alive.
 */
export function openConnection({ host, port, answerBytesMax, onFree, onClosed }: ConnectionOptions): Connection {
  const socket = connect({ host, port, noDelay: true, keepAlive: true });
  let current: Exchange | null = null;
  let bytes: Buffer | null = null;
  let answers = 0;
  let failure: Error | null = null;

  function settle(outcome: HttpReply | Error): void {
    const exchange = current;
    const isUntouched = outcome instanceof Error && bytes === null && answers > 0;
    current = null;
    bytes = null;
    exchange?.settle(outcome, isUntouched);
  }

  function read(isEnded: boolean): void {
    const reading = readResponse(bytes ?? Buffer.alloc(0), isEnded);
    if (reading.kind === 'partial') return;
    answers += 1;
    settle(reading.reply);
    if (reading.isLast || isEnded) socket.destroy();
    else {
      socket.unref();
      onFree(connection);
    }
  }

  function tryRead(isEnded: boolean): void {
    try {
      read(isEnded);
    } catch (error) {
      socket.destroy(error as Error);
    }
  }

  socket.on('data', (chunk: Buffer) => {
    if (current === null) return void socket.destroy(new Error('it answers what nobody has asked'));
    bytes = bytes === null ? chunk : Buffer.concat([bytes, chunk]);
    if (bytes.length > answerBytesMax) return void socket.destroy(new Error('its answer is too long'));
    tryRead(false);
  });
  socket.on('end', () => {
    if (current !== null && bytes !== null) tryRead(true);
  });
  socket.on('error', (error) => {
    failure = error;
  });
  socket.on('close', () => {
    settle(failure ?? new Error('it closed the connection'));
    onClosed(connection);
  });

  const connection: Connection = {
    run: (exchange) => {
      current = exchange;
      socket.ref();
      socket.write(exchange.text, 'utf8');
    },
    destroy: (reason) => socket.destroy(reason),
  };
  return connection;
}
