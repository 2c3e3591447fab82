import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import type { Mail } from '../../../apps/server/src/engines/mail/index.ts';
import type { HttpServer } from '../../../apps/server/src/platform/http/index.ts';

export type Tokens = { session_id: string; access_token: string; refresh_token: string };
type Request = { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string; body?: object; token?: string; from?: string; key?: string };

/** What people do with their accounts, and the mails they get. */
export type Person = {
  send(request: Request): Promise<LightMyRequestResponse>;
  /** An address that has asked for an account, and the token that was mailed to it. */
  signedUp(): Promise<{ email: string; token: string }>;
  /** Somebody new who has proved the address. */
  signedIn(): Promise<Tokens & { email: string }>;
  mailedToken(to: string, count: number): Promise<string>;
  /** The token of the last invitation that was mailed to an address. */
  invitedToken(to: string): Promise<string>;
};

export const PASSWORD = 'a long walk by the sea';

let count = 0;

export function buildPerson(server: HttpServer, mails: readonly Mail[]): Person {
  const person: Person = {
    send: ({ method, path, body, token, key, from = freshAddress() }) =>
      server.inject({
        method,
        url: `/api/v1${path}`,
        remoteAddress: from,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        ...(body !== undefined && { payload: body }),
      }),
    mailedToken: async (to, wanted) => {
      const found = () => mails.filter((mail) => mail.to === to && mail.text.includes('mlt_'));
      while (found().length < wanted) await new Promise((resolve) => setImmediate(resolve));
      return /mlt_\S+/.exec(found().at(-1)?.text ?? '')?.[0] ?? '';
    },
    invitedToken: async (to) => /inv_\S+/.exec(mails.findLast((mail) => mail.to === to)?.text ?? '')?.[0] ?? '',
    signedUp: async () => {
      count += 1;
      const email = `person-${count}@example.org`;
      await person.send({ method: 'POST', path: '/sign-ups', body: { email, password: PASSWORD, name: 'Ada' } });
      return { email, token: await person.mailedToken(email, 1) };
    },
    signedIn: async () => {
      const { email, token } = await person.signedUp();
      const answer = await person.send({ method: 'POST', path: '/sign-ups/verify', body: { token, password: PASSWORD } });
      assert.equal(answer.statusCode, 201, answer.body);
      return { ...answer.json<Tokens>(), email };
    },
  };
  return person;
}

/** Attempts are counted by client: each has an address of its own. */
export function freshAddress(): string {
  count += 1;
  return `10.2.${count >> 8}.${count & 255}`;
}
