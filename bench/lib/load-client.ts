import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Slab } from './request-slab.ts';
import { ResponseParser } from './response-parser.ts';
import type { Tally } from './tally.ts';

export type LoadClientOptions = {
  port: number;
  slab: Slab;
  again: boolean;
  expected: ReadonlySet<number>;
  tally: Tally;
};

/** Every so many answers of a connection one body is kept, to be read after the load. */
const SAMPLE_EVERY = 97;

/** Read by one connection at a time: a chunk is taken to its end before the next is read. */
const readBuffer = Buffer.allocUnsafe(64 * 1024);

/**
 * One buyer's connection in a closed loop: it sends a request, waits for the whole answer, sends the next.
 * It is connecting → open → running until its time is over, its requests are used up or its connection breaks → done.
 */
export class LoadClient {
  readonly #options: LoadClientOptions;
  readonly #parser = new ResponseParser();
  #socket: Socket | null = null;
  #sentAtMs = 0;
  #endAtMs = 0;
  #answers = 0;
  #onDone: (() => void) | null = null;

  constructor(options: LoadClientOptions) {
    this.#options = options;
  }

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onread = { buffer: readBuffer, callback: (length: number, buffer: Uint8Array) => this.#take(buffer as Buffer, length) };
      const socket = connect({ host: '127.0.0.1', port: this.#options.port, noDelay: true, onread }, resolve);
      socket.once('error', reject);
      socket.on('error', (error) => this.#break(error.message));
      socket.on('close', () => this.#break('The server closed the connection.'));
      this.#socket = socket;
    });
  }

  /** Sends until `endAtMs` of performance.now(); settles when the last answer has come. */
  run(endAtMs: number): Promise<void> {
    this.#endAtMs = endAtMs;
    return new Promise((resolve) => {
      this.#onDone = resolve;
      this.#send();
    });
  }

  /** Gives up on an answer that does not come. */
  abandon(): void {
    this.#break('No answer came.');
  }

  #send(): void {
    const request = this.#options.slab.take(this.#options.again);
    if (request === null) {
      this.#finish();
      return;
    }
    this.#parser.keepsBody = this.#answers % SAMPLE_EVERY === 0;
    this.#sentAtMs = performance.now();
    this.#socket?.write(request);
  }

  #take(chunk: Buffer, length: number): boolean {
    try {
      if (this.#parser.push(chunk, length)) this.#complete();
    } catch (error) {
      this.#break(error instanceof Error ? error.message : String(error));
    }
    return true;
  }

  #complete(): void {
    const nowMs = performance.now();
    const { tally, expected } = this.#options;
    const { status, keepsBody } = this.#parser;
    tally.latencies.record(nowMs - this.#sentAtMs);
    tally.byStatus[status]! += 1;
    this.#answers += 1;
    if (!expected.has(status)) tally.fail(`${status} ${this.#parser.takeBody()}`);
    else if (keepsBody && status < 300) tally.samples.push(this.#parser.takeBody());
    if (nowMs >= this.#endAtMs) {
      this.#finish();
      return;
    }
    tally.inTime += 1;
    this.#send();
  }

  #break(reason: string): void {
    if (this.#onDone === null) return;
    this.#options.tally.fail(reason);
    this.#finish();
  }

  #finish(): void {
    const onDone = this.#onDone;
    this.#onDone = null;
    this.#socket?.destroy();
    onDone?.();
  }
}
