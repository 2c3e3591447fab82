import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { onProcessEnd } from '../../../support/on-process-end.ts';
import { freePort } from '../../../support/free-port.ts';
import { Trap, type Wire } from './wire.ts';

export type HttpWire = Wire & { url: string };

type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer };

/**
 * HTTP between two programs, message by message. A message is called by its method and path, and by its `type` if its body has one.
 * `ports`: who may take it, on this machine; the next is tried where nobody listens.
 */
export async function openHttpWire(ports: () => readonly number[]): Promise<HttpWire> {
  const trap = new Trap();
  const server = createServer((incoming, outgoing) => void carry(incoming, outgoing).catch(() => outgoing.destroy()));

  async function carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await wholeOf(incoming);
    const name = nameOf(incoming, body);
    await trap.pass('before', name);
    // Whoever has died had not sent it yet.
    if (incoming.socket.destroyed) return;
    const answer = await askAny(ports(), incoming, body);
    await trap.pass('after', name);
    const { status, headers } = answer;
    outgoing.writeHead(status, { 'content-type': headers['content-type'] ?? 'application/json', 'content-length': answer.body.length });
    outgoing.end(answer.body);
  }

  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const forget = onProcessEnd(() => server.closeAllConnections());
  return {
    url: `http://127.0.0.1:${port}`,
    arm: (stop, onStrike) => trap.arm(stop, onStrike),
    disarm: () => trap.disarm(),
    close: async () => {
      forget();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function wholeOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function nameOf({ method = '', url = '' }: IncomingMessage, body: Buffer): string {
  const type = /"type":"([a-z._]+)"/.exec(body.toString('utf8'))?.[1];
  return `${method} ${url}${type === undefined ? '' : ` ${type}`}`;
}

async function askAny(ports: readonly number[], message: IncomingMessage, body: Buffer): Promise<Answer> {
  const [port, ...others] = ports;
  if (port === undefined) throw new Error('Nobody listens.');
  try {
    return await ask(port, message, body);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
    return askAny(others, message, body);
  }
}

function ask(port: number, { method, url: path, headers }: IncomingMessage, body: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      wholeOf(response).then((whole) => resolve({ status: response.statusCode ?? 502, headers: response.headers, body: whole }), reject);
    });
    call.on('error', reject);
    call.end(body);
  });
}
