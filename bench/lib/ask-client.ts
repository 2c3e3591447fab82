import { connect, type Socket } from 'node:net';
import { ResponseParser } from './response-parser.ts';

export type Answer = { status: number; body: string };

/** Read by one connection at a time: a chunk is taken to its end before the next is read. */
const readBuffer = Buffer.allocUnsafe(64 * 1024);

/** One keep-alive connection on which one request at a time is asked; every body is read. A connection that breaks stays broken. */
export class AskClient {
  readonly #port: number;
  readonly #parser = new ResponseParser();
  #socket: Socket | null = null;
  #waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | null = null;

  constructor(port: number) {
    this.#port = port;
    this.#parser.keepsBody = true;
  }

  open(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onread = { buffer: readBuffer, callback: (length: number, buffer: Uint8Array) => this.#take(buffer as Buffer, length) };
      const socket = connect({ host: '127.0.0.1', port: this.#port, noDelay: true, onread }, resolve);
      socket.once('error', reject);
      socket.on('error', (error) => this.#break(error));
      socket.on('close', () => this.#break(new Error('The server closed the connection.')));
      this.#socket = socket;
    });
  }

  /** `head` is everything before Content-Length, without the last line's end. */
  ask(head: string, body = ''): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      const length = body === '' ? '' : `\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
      this.#socket?.write(`${head}\r\nHost: localhost${length}\r\n\r\n${body}`);
    });
  }

  close(): void {
    this.#waiting = null;
    this.#socket?.destroy();
  }

  #take(chunk: Buffer, length: number): boolean {
    try {
      if (this.#parser.push(chunk, length)) this.#complete();
    } catch (error) {
      this.#break(error instanceof Error ? error : new Error(String(error)));
    }
    return true;
  }

  #complete(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve({ status: this.#parser.status, body: this.#parser.takeBody() });
  }

  #break(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.reject(error);
  }
}
