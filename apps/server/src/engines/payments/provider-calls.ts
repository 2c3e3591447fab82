import { Agent, request } from 'node:http';
import { ProviderRefused, ProviderUnavailable } from './provider-errors.ts';
import { isText, objectOf } from './wire/checks.ts';

export type ProviderCalls = {
  /** Both answer the JSON. They throw ProviderUnavailable and ProviderRefused. */
  get(path: string): Promise<unknown>;
  post(path: string, body: object, idempotencyKey: string | null): Promise<unknown>;
  close(): void;
};

export type ProviderCallsOptions = { url: string; apiKey: string; deadlineMs: number; connectionsMax: number };

const ANSWER_BYTES_MAX = 2 * 1024 * 1024;

type Reply = { status: number; text: string };

/** Calls a provider's JSON API over connections that stay open; each call has a deadline, waiting for a connection included. */
export function buildProviderCalls({ url, apiKey, deadlineMs, connectionsMax }: ProviderCallsOptions): ProviderCalls {
  const agent = new Agent({ keepAlive: true, maxSockets: connectionsMax, maxFreeSockets: connectionsMax, scheduling: 'lifo' });
  const { hostname, port } = new URL(url);
  const authorization = `Bearer ${apiKey}`;

  function send(method: 'GET' | 'POST', path: string, body: string, key: string | null): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string | number> = { authorization };
      if (method === 'POST') {
        headers['content-type'] = 'application/json';
        headers['content-length'] = Buffer.byteLength(body);
      }
      if (key !== null) headers['idempotency-key'] = key;
      const call = request({ agent, hostname, port, method, path, headers });
      const deadline = setTimeout(() => call.destroy(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
      const fail = (error: Error): void => {
        clearTimeout(deadline);
        reject(new ProviderUnavailable(`The payment provider cannot be asked: ${error.message}`, { cause: error }));
      };
      call.on('error', fail);
      call.on('response', (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES_MAX) call.destroy(new Error('its answer is too long'));
          else chunks.push(chunk);
        });
        response.on('end', () => {
          clearTimeout(deadline);
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') });
        });
        response.on('error', fail);
      });
      call.end(body);
    });
  }

  return {
    get: async (path) => jsonOf(await send('GET', path, '', null)),
    post: async (path, body, key) => jsonOf(await send('POST', path, JSON.stringify(body), key)),
    close: () => agent.destroy(),
  };
}

/**
 * Only a refusal that says its code is one: 4xx of another program at this address, and of a provider that does not know
 * our key, may be mended, and a refund must not be given up for them.
 */
function jsonOf({ status, text }: Reply): unknown {
  if (status >= 200 && status < 300) return parse(text);
  const isDecided = status >= 400 && status < 500 && status !== 401 && status !== 429;
  const { code, message } = isDecided ? (objectOf(objectOf(parse(text))?.['error']) ?? {}) : {};
  if (!isText(code)) throw new ProviderUnavailable(`The payment provider answered ${status}.`);
  throw new ProviderRefused(code, isText(message) ? message : code);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProviderUnavailable('The payment provider answered with something that is no JSON.', { cause: error });
  }
}
