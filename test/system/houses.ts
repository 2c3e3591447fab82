import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { compose, type App } from '../../apps/server/src/compose.ts';
import { loadConfig } from '../../apps/server/src/config.ts';
import type { Mail } from '../../apps/server/src/engines/mail/index.ts';
import { openDb, type Db } from '../../apps/server/src/platform/db/index.ts';
import { createDatabase } from '../support/database.ts';
import { freshKey } from './contract/buyer.ts';
import { buildPerson, PASSWORD, type Person, type Tokens } from './contract/person.ts';

export const ROLES = ['owner', 'admin', 'manager', 'box_office', 'scanner', 'analyst'] as const;
export type Role = (typeof ROLES)[number];
export type Someone = Tokens & { email: string; id: string };
/** Whoever shows this token. */
export type Bearer = { access_token: string };

/** Whoever sends it is the platform. */
export const PLATFORM: Bearer = { access_token: 'a secret of the platform' };

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';
type Made = Bearer & { id: string };

/** A whole server on a database of its own, and what people do with organizations over HTTP. */
export type Houses = {
  db: Db;
  server: App['server'];
  routes: App['routes'];
  serverKey: Buffer;
  person: Person;
  /** The last one founded was so-manieth: part of its name. */
  count(): number;
  send(by: Bearer | null, method: Method, path: string, body?: object, key?: string): Promise<LightMyRequestResponse>;
  newPerson(): Promise<Someone>;
  found(founder: Someone): Promise<string>;
  /** The token in the last invitation that was mailed to an address. */
  invitationIn(email: string): string;
  joinAs(organization: string, by: Someone, role: Role): Promise<Someone>;
  organizationKey(organization: string, by: Bearer, scopes: readonly string[], more?: object): Promise<Made>;
  personalKey(someone: Someone, scopes: readonly string[]): Promise<Made>;
  close(): Promise<void>;
};

export async function openHouses(): Promise<Houses> {
  const database = await createDatabase();
  const db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  const mails: Mail[] = [];
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const serverKey = Buffer.alloc(32, 6);
  const secrets = { serverKey, internalSecret: PLATFORM.access_token };
  const urls = { url: database.url, directUrl: database.url };
  const app = await compose({ config: loadConfig({ LOG_LEVEL: 'silent' }), database: urls, secrets, mailer });
  const person = buildPerson(app.server, mails);
  let count = 0;

  const houses: Houses = {
    ...{ db, server: app.server, routes: app.routes, serverKey, person },
    count: () => count,
    send: (by, method, path, body, key = freshKey()) =>
      person.send({ method, path, key, ...(by && { token: by.access_token }), ...(body && { body }) }),
    newPerson: async () => {
      const tokens = await person.signedIn();
      return { ...tokens, id: (await houses.send(tokens, 'GET', '/users/me')).json<{ id: string }>().id };
    },
    found: async (founder) => {
      count += 1;
      const answer = await houses.send(founder, 'POST', '/organizations', { name: `House ${count}`, slug: `house-${count}` });
      return answered(answer, 201).json<{ id: string }>().id;
    },
    invitationIn: (email) => /inv_\S+/.exec(mails.findLast((mail) => mail.to === email)?.text ?? '')?.[0] ?? '',
    joinAs: async (organization, by, role) => {
      const someone = await houses.newPerson();
      answered(await houses.send(by, 'POST', `/organizations/${organization}/invitations`, { email: someone.email, role }), 201);
      answered(await houses.send(someone, 'POST', '/invitations/accept', { token: houses.invitationIn(someone.email) }), 200);
      return someone;
    },
    organizationKey: async (organization, by, scopes, more = {}) =>
      made(await houses.send(by, 'POST', `/organizations/${organization}/api-keys`, { name: 'A key', scopes, ...more })),
    personalKey: async (someone, scopes) =>
      made(await houses.send(someone, 'POST', '/users/me/api-keys', { name: 'A key', scopes, password: PASSWORD })),
    close: async () => {
      await app.close();
      await db.close();
      await database.close();
    },
  };
  return houses;
}

function answered(answer: LightMyRequestResponse, status: number): LightMyRequestResponse {
  assert.equal(answer.statusCode, status, answer.body);
  return answer;
}

function made(answer: LightMyRequestResponse): Made {
  const { id, token } = answered(answer, 201).json<{ id: string; token: string }>();
  return { id, access_token: token };
}
