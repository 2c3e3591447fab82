import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { EventDetail } from '@tessera/contract';
import { createDatabase } from '../../../../../test/support/database.ts';
import { freePort } from '../../../../../test/support/free-port.ts';
import { temporaryFolder } from '../../../../../test/support/temporary-folder.ts';
import { compose, type App } from '../../compose.ts';
import { loadConfig } from '../../config.ts';
import type { Mail } from '../../engines/mail/index.ts';
import { startSandbox } from '../../engines/payments/index.ts';
import { systemClock } from '../../platform/clock/index.ts';

const SECRET = 'the-secret-of-this-test';
const access = { apiKey: 'a key of this test', account: 'acct_test', secrets: ['a secret of this test'] };

/** A server on a port of its own with a payment sandbox beside it, and an event that costs something, asks something and takes tickets back. */
export type Shop = { app: App; origin: string; event: EventDetail; mails: readonly Mail[]; close(): Promise<void> };

export async function openShop(): Promise<Shop> {
  const folder = temporaryFolder();
  const database = await createDatabase();
  const mails: Mail[] = [];
  const kept = { journalFolder: join(folder.path, 'sandbox'), durable: false, timePercent: 1, clock: systemClock, random: () => 0.5 };
  const sandbox = await startSandbox({ ...access, ...kept, mode: 'test', port: null, webhookUrls: null, log: () => {} });
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const app = await compose({
    config: loadConfig({ LOG_LEVEL: 'silent', HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: origin }),
    database: { url: database.url, directUrl: database.url },
    secrets: { serverKey: Buffer.alloc(32, 1), internalSecret: SECRET },
    payments: { ...access, url: sandbox.url },
    mailer: { send: async (mail) => void mails.push(mail) },
  });
  await app.listen();
  sandbox.setWebhookUrls([`${origin}/webhooks/payments`]);
  const close = async (): Promise<void> => {
    await app.close();
    await sandbox.close();
    await database.close();
    folder.remove();
  };
  return { app, origin, event: await sellAnEvent(app), mails, close };
}

async function sellAnEvent(app: App): Promise<EventDetail> {
  const organize = buildOrganize(app);
  const { id: house } = await organize('POST', '', { name: 'Hill House', slug: 'hill-house' });
  const times = { starts_at: '2098-05-01T18:00:00Z', ends_at: '2098-05-01T20:00:00Z', time_zone: 'Europe/Vienna' };
  const words = { title: 'An Evening', venue: { name: 'Hill Hall', city: 'Graz' }, currency: 'EUR', ...times };
  const { id } = await organize('POST', `/${String(house)}/events`, { ...words, sale: { state: 'on_sale' } });
  const its = `/${String(house)}/events/${String(id)}`;
  await organize('POST', `${its}/ticket-types`, { name: 'Seat', price_minor: 1_800, capacity: 10 });
  await organize('POST', `${its}/questions`, { label: 'What do you eat?', kind: 'text', asked_per: 'ticket', required: true });
  await organize('PUT', `${its}/refund-policy`, { until_hours_before: 24, percent: 100, keep_fees: false });
  return (await app.server.inject(`/api/v1/events/${String(id)}`)).json<EventDetail>();
}

type Organize = (method: 'POST' | 'PUT', path: string, payload: object) => Promise<Record<string, unknown>>;

/** Asks as the platform, with a key of its own each time. */
function buildOrganize(app: App): Organize {
  let keys = 0;
  return async (method, path, payload) => {
    keys += 1;
    const headers = { authorization: `Bearer ${SECRET}`, 'idempotency-key': `key-${keys}` };
    const answer = await app.server.inject({ method, url: `/api/v1/organizations${path}`, payload, headers });
    assert.ok(answer.statusCode < 300, answer.payload);
    return answer.json();
  };
}
