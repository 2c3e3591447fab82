import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { createDatabase } from '../../../../../../test/support/database.ts';
import type { Mail } from '../../../engines/mail/index.ts';
import { systemClock, type Clock } from '../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../platform/db/index.ts';
import { buildServer, type HttpServer } from '../../../platform/http/index.ts';
import { buildLog, buildTelemetry } from '../../../platform/telemetry/index.ts';
import { buildAccounts, problemOfAccountsError, type Accounts } from '../index.ts';

export const PASSWORD = 'a long walk by the sea';

export type Tokens = { session_id: string; access_token: string; refresh_token: string };

/** A server of accounts on a database, and the mails that it has sent. Times are the system's and what `advance` adds. */
export type AccountsServer = {
  accounts: Accounts;
  db: Db;
  mails: Mail[];
  advance(seconds: number): void;
  nowMs(): number;
  send(request: Send): Promise<LightMyRequestResponse>;
  /** A person who has proved an address, signed in. */
  newPerson(email?: string): Promise<{ email: string; tokens: Tokens }>;
  /** The token in the last mail to an address, once it is there. */
  mailedToken(to: string, count?: number): Promise<string>;
  close(): Promise<void>;
};

type Send = { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string; body?: object; token?: string; from?: string; agent?: string };

const serverKey = Buffer.alloc(32, 9);
export const PUBLIC_URL = 'https://tickets.example.org';

/** More than one may stand on one database, as the processes of one installation do. */
export async function openAccounts(url: string): Promise<AccountsServer> {
  const telemetry = buildTelemetry(buildLog('silent'));
  const db = openDb({ url, poolMax: 4, onError: () => {} });
  const mails: Mail[] = [];
  let addedMs = 0;
  const clock: Clock = { nowMs: () => systemClock.nowMs() + addedMs };
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const accounts = buildAccounts({
    serverKey,
    db,
    clock,
    log: telemetry.log,
    mailer,
    mayBeScope: (scope) => scope === 'organization.read',
    publicUrl: PUBLIC_URL,
  });
  const http: HttpServer = buildServer({ telemetry, translators: [problemOfAccountsError] });
  accounts.routes(http);
  await http.ready();
  await accounts.start();
  const send = ({ method, path, body, token, from = '198.51.100.7', agent = 'test' }: Send) =>
    http.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: from,
      headers: { 'user-agent': agent, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { payload: body }),
    });
  const mailedToken = async (to: string, count = 1) => {
    const found = () => mails.filter((mail) => mail.to === to && /mlt_\S+/.test(mail.text));
    while (found().length < count) await new Promise((resolve) => setImmediate(resolve));
    return /mlt_\S+/.exec(found().at(-1)?.text ?? '')?.[0] ?? '';
  };
  return {
    accounts,
    db,
    mails,
    advance: (seconds) => {
      addedMs += seconds * 1000;
    },
    nowMs: clock.nowMs,
    send,
    mailedToken,
    newPerson: async (email = newAddress()) => {
      const asked = await send({ method: 'POST', path: '/sign-ups', body: { email, password: PASSWORD, name: 'Ada' }, from: newIp() });
      assert.equal(asked.statusCode, 202, asked.body);
      const body = { token: await mailedToken(email), password: PASSWORD };
      const verified = await send({ method: 'POST', path: '/sign-ups/verify', body, from: newIp() });
      assert.equal(verified.statusCode, 201, verified.body);
      return { email, tokens: verified.json<Tokens>() };
    },
    close: async () => {
      await http.close();
      await accounts.close(1_000);
      await db.close();
    },
  };
}

let addresses = 0;

export function newAddress(): string {
  addresses += 1;
  return `person-${addresses}@example.org`;
}

/** A client of its own, so that limits by address count nothing of another test. */
export function newIp(): string {
  addresses += 1;
  return `10.1.${addresses >> 8}.${addresses & 255}`;
}

/** The code of a refusal. */
export function codeOf(answer: { json(): unknown }): string | undefined {
  return (answer.json() as { code?: string }).code;
}

export { createDatabase };
