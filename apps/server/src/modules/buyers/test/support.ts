import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import type { LightMyRequestResponse } from 'fastify';
import { createDatabase } from '../../../../../../test/support/database.ts';
import type { Mail } from '../../../engines/mail/index.ts';
import { systemClock, type Clock } from '../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../platform/db/index.ts';
import { buildServer } from '../../../platform/http/index.ts';
import { formatCellId, newUuid } from '../../../platform/ids/index.ts';
import { buildLog, buildTelemetry } from '../../../platform/telemetry/index.ts';
import { buildAccounts, problemOfAccountsError, type Accounts } from '../../accounts/index.ts';
import { bookingRoutes, placeBooking, problemOfLaneError } from '../../sales/index.ts';
import { openEvent, openSales, type SalesUnderTest } from '../../sales/test/support.ts';
import { buildBuyers } from '../index.ts';
import { sweep } from '../sweep.ts';

export { createDatabase };

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Send = { method: Method; path: string; body?: object; token?: string; from?: string };
export type Event = { eventId: string; ticketTypeIds: string[] };

/** A server of buyers on a database, with the sale beside it. Times are the system's and what `advance` adds. */
export type BuyersServer = {
  db: Db;
  sales: SalesUnderTest;
  accounts: Accounts;
  mails: Mail[];
  advance(seconds: number): void;
  send(request: Send): Promise<LightMyRequestResponse>;
  newEvent(capacity?: number): Promise<Event>;
  newBuyer(): TestBuyer;
  /** The access token of somebody new. */
  newPerson(): Promise<string>;
  /** Follows until nothing is left to follow. */
  follow(): Promise<void>;
  close(): Promise<void>;
};

export type TestBuyer = {
  token: string;
  buyerKey: string;
  /** The public id of a new booking. */
  book(event: Event): Promise<string>;
};

export async function openBuyers(): Promise<BuyersServer> {
  const serverKey = Buffer.alloc(32, 9);
  const sales = await openSales();
  const telemetry = buildTelemetry(buildLog('silent'));
  const { log } = telemetry;
  const db = openDb({ url: sales.url, poolMax: 6, onError: () => {} });
  const mails: Mail[] = [];
  let addedMs = 0;
  const clock: Clock = { nowMs: () => systemClock.nowMs() + addedMs };
  const mailer = { send: async (mail: Mail) => void mails.push(mail) };
  const people = { serverKey, db, clock, log, mailer, mayBeScope: () => false, publicUrl: 'http://localhost:8080' };
  const accounts = buildAccounts(people);
  const http = buildServer({ telemetry, translators: [problemOfLaneError, problemOfAccountsError] });
  accounts.routes(http);
  bookingRoutes(http, { sales, requireBuyer: accounts.requireBuyer });
  buildBuyers({ ...people, sales, random: () => 0.5, accounts }).routes(http);
  await http.ready();
  await accounts.start();
  const send = ({ method, path, body, token, from = newIp() }: Send) =>
    http.inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: from,
      headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { payload: body }),
    });
  return {
    ...{ db, sales, accounts, mails, send },
    advance: (seconds) => {
      addedMs += seconds * 1000;
    },
    newEvent: (capacity = 10_000) => openEvent(sales, [{ capacity }]),
    newBuyer: () => newBuyer(sales, accounts, clock),
    newPerson: () => newPerson(send, mails),
    follow: () => followAll(db),
    close: async () => {
      await http.close();
      await accounts.close(1_000);
      await db.close();
      await sales.closeAll();
    },
  };
}

/** Follows every event to its end; throws what a follower would log. */
export async function followAll(db: Db): Promise<void> {
  const failed = (_eventId: string, error: unknown): void => {
    throw error;
  };
  while (await sweep({ db, signal: new AbortController().signal, isResting: () => false, rest: async () => {}, failed }));
}

function newBuyer(sales: SalesUnderTest, accounts: Accounts, clock: Clock): TestBuyer {
  const { token } = accounts.issueBuyerSession(clock.nowMs());
  const check = accounts.checkBuyerSession(token);
  assert.equal(check.kind, 'valid');
  const { buyerKey } = check;
  return { token, buyerKey, book: (event) => book(sales, event, buyerKey) };
}

export async function book(sales: SalesUnderTest, { eventId, ticketTypeIds }: Event, buyerKey: string): Promise<string> {
  const outcome = await placeBooking(sales, {
    eventId,
    buyerKey,
    idempotencyKey: newUuid(systemClock.nowMs()),
    lines: [{ ticketTypeId: ticketTypeIds[0]!, quantity: 1 }],
    accessCode: null,
    confirm: false,
    isGone: () => false,
  });
  assert.equal(outcome.kind, 'booking');
  // Bookings of one millisecond are listed by their ids.
  await pause(2);
  return formatCellId('bkg', eventId, outcome.booking.id);
}

const PASSWORD = 'a long walk by the sea';

async function newPerson(send: BuyersServer['send'], mails: readonly Mail[]): Promise<string> {
  const email = newAddress();
  await send({ method: 'POST', path: '/sign-ups', body: { email, password: PASSWORD, name: 'Ada' } });
  const token = await mailedToken(mails, email);
  const verified = await send({ method: 'POST', path: '/sign-ups/verify', body: { token, password: PASSWORD } });
  assert.equal(verified.statusCode, 201, verified.body);
  return verified.json<{ access_token: string }>().access_token;
}

/** The token in the last mail to an address, once there are `count` of them. */
export async function mailedToken(mails: readonly Mail[], to: string, count = 1): Promise<string> {
  const found = () => mails.filter((mail) => mail.to === to && /mlt_\S+/.test(mail.text));
  while (found().length < count) await new Promise((resolve) => setImmediate(resolve));
  return /mlt_\S+/.exec(found().at(-1)?.text ?? '')?.[0] ?? '';
}

let count = 0;

export function newAddress(): string {
  count += 1;
  return `buyer-${count}@example.org`;
}

/** A client of its own, so that limits by client count nothing of another test. */
export function newIp(): string {
  count += 1;
  return `10.3.${count >> 8}.${count & 255}`;
}
