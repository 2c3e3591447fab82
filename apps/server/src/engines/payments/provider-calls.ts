import { invariant } from '../../platform/invariant.ts';
import { buildHttpCaller, type HttpCall } from './http/http-caller.ts';
import type { HttpReply } from './http/read-response.ts';
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

/** Calls a provider's JSON API; each call has a deadline. */
export function buildProviderCalls({ url, apiKey, deadlineMs, connectionsMax }: ProviderCallsOptions): ProviderCalls {
  const caller = buildHttpCaller({ url: new URL(url), connectionsMax, deadlineMs, answerBytesMax: ANSWER_BYTES_MAX });
  const authorization = `authorization: Bearer ${apiKey}\r\n`;

  async function ask(call: HttpCall): Promise<unknown> {
    return jsonOf(await caller.send(call).catch(unavailable));
  }

  return {
    get: (path) => ask({ method: 'GET', path, headers: authorization, body: '' }),
    post: (path, body, key) => {
      const headers = `${authorization}content-type: application/json\r\n${key === null ? '' : `idempotency-key: ${checked(key)}\r\n`}`;
      return ask({ method: 'POST', path, headers, body: JSON.stringify(body) });
    },
    close: caller.close,
  };
}

function checked(key: string): string {
  invariant(/^[\x20-\x7e]{1,255}$/.test(key), 'a key at a provider is of printable characters');
  return key;
}

function unavailable(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new ProviderUnavailable(`The payment provider cannot be asked: ${reason}`, { cause: error });
}

/**
 * Only a refusal that says its code is one: 4xx of another program at this address, and of a provider that does not know
 * our key, may be mended, and a refund must not be given up for them.
 */
function jsonOf({ status, text }: HttpReply): unknown {
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
