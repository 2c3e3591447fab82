import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SIGNATURE_HEADER } from '../signatures.ts';

/** One post to a webhook, as it came over the wire. */
export type Posted = { body: Buffer; signature: string | undefined; type: string; id: string; intentRef: string; createdMs: number };

export type Listener = {
  url: string;
  posted: Posted[];
  /** Waits until what was posted satisfies the condition. */
  until(isEnough: (posted: readonly Posted[]) => boolean): Promise<readonly Posted[]>;
  close(): Promise<void>;
};

export type Reply = (posted: Posted, response: ServerResponse) => void;

const PATIENCE_MS = 20_000;

/** A webhook that takes everything, or answers as told. */
export async function openListener(reply: Reply = (_posted, response) => response.end()): Promise<Listener> {
  const posted: Posted[] = [];
  const waiting = new Set<() => void>();
  const server = createServer(async (request, response) => {
    const one = await readPost(request);
    posted.push(one);
    for (const look of waiting) look();
    reply(one, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/payments`,
    posted,
    until: (isEnough) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`It was not posted. These were: ${posted.map((one) => one.type).join(', ')}`));
        }, PATIENCE_MS);
        const look = (): void => {
          if (!isEnough(posted)) return;
          waiting.delete(look);
          clearTimeout(timer);
          resolve([...posted]);
        };
        waiting.add(look);
        look();
      }),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readPost(request: IncomingMessage): Promise<Posted> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const value = JSON.parse(body.toString('utf8')) as { id: string; type: string; created_ms: number; intent: { ref: string } };
  const signature = request.headers[SIGNATURE_HEADER];
  return {
    body,
    signature: typeof signature === 'string' ? signature : undefined,
    type: value.type,
    id: value.id,
    intentRef: value.intent.ref,
    createdMs: value.created_ms,
  };
}
