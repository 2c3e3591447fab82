import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSandboxClient, keptPort, paymentsAccess, type PaymentProvider } from '../../apps/server/src/engines/payments/index.ts';
import { buildBuyerTokens } from '../../apps/server/src/modules/accounts/buyer-tokens.ts';
import { countOf } from '../support/counts.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * A mass refund whose server is killed twice in its middle, with the sandbox that it keeps: each booking is refunded once, and the
 * provider says so.
 */
const BOOKINGS = 5_000;
const AT_ONCE = 20;
const PRICE_MINOR = 2_000;
const PATIENCE_MS = 120_000;

const serverKey = randomBytes(32);
const secret = randomBytes(16).toString('hex');
const tokens = buildBuyerTokens(serverKey);
const folder = temporaryFolder();
const env = {
  TESSERA_SERVER_KEY: serverKey.toString('hex'),
  TESSERA_INTERNAL_SECRET: secret,
  LOG_LEVEL: 'error',
  HOST: '127.0.0.1',
  TESSERA_DEMO: 'false',
};
const start = (): Promise<TestServer> => startServer({ folder: folder.path, env });

let server: TestServer;
before(async () => {
  server = await start();
});
after(async () => {
  await server.stop();
  folder.remove();
});

type Json = Record<string, unknown>;
type Ask = { method?: 'GET' | 'POST' | 'PATCH'; token?: string; body?: object };

async function ask(path: string, { method = 'POST', token = secret, body = {} }: Ask = {}): Promise<Json> {
  const headers = {
    authorization: `Bearer ${token}`,
    'idempotency-key': randomBytes(12).toString('hex'),
    'content-type': 'application/json',
  };
  const url = path.startsWith('http') ? path : `${server.url}/api/v1${path}`;
  const answer = await fetch(url, { method, headers, ...(method !== 'GET' && { body: JSON.stringify(body) }) });
  const json = (await answer.json()) as Json;
  assert.ok(answer.ok, `${url}: ${JSON.stringify(json)}`);
  return json;
}

async function makeEvent(capacity: number): Promise<{ path: string; id: string; typeId: string }> {
  const { id: organization } = await ask('/organizations', { body: { name: 'Hall', slug: `hall-${randomBytes(6).toString('hex')}` } });
  const times = { starts_at: '2099-05-01T18:00:00Z', ends_at: '2099-05-01T22:00:00Z', time_zone: 'Europe/Vienna' };
  const words = { title: 'Evening', venue: { name: 'Hall', city: 'Vienna' }, ...times };
  const events = `/organizations/${String(organization)}/events`;
  const { id } = await ask(events, { body: { ...words, currency: 'EUR', sale: { state: 'on_sale' } } });
  const type = { name: 'Seat', price_minor: PRICE_MINOR, capacity };
  const { id: typeId } = await ask(`${events}/${String(id)}/ticket-types`, { body: type });
  return { path: `${events}/${String(id)}`, id: String(id), typeId: String(typeId) };
}

/** Holds, goes to pay, pays at the sandbox, and waits until the booking is confirmed. */
async function buy(event: { id: string; typeId: string }): Promise<void> {
  const token = tokens.issue(Math.floor(Date.now() / 1000) + 86_400);
  const lines = [{ ticket_type_id: event.typeId, quantity: 1 }];
  const { id } = await ask('/bookings', { token, body: { event_id: event.id, lines } });
  const { intent } = (await ask(`/bookings/${String(id)}/payment`, { token })) as { intent: { pay_url: string; client_secret: string } };
  const { origin, pathname } = new URL(intent.pay_url);
  const ref = pathname.split('/').at(-1) ?? '';
  await ask(`${origin}/v1/intents/${ref}/pay`, { body: { client_secret: intent.client_secret, card: 'success', holder_name: 'Ada' } });
  for (const endMs = performance.now() + PATIENCE_MS; performance.now() < endMs; await pause(20)) {
    const { booking } = (await ask(`/bookings/${String(id)}/payment`, { method: 'GET', token })) as { booking: Json };
    if (booking['state'] === 'confirmed') return;
  }
  assert.fail(`${String(id)} is not confirmed`);
}

/** So many at a time, until all are done. */
async function times(count: number, work: () => Promise<void>): Promise<void> {
  let left = count;
  const go = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, go));
}

type Run = { state: string; bookings: Record<'pending' | 'refunded' | 'failed', number> };

async function until(path: string, isSo: (run: Run) => boolean): Promise<void> {
  for (const endMs = performance.now() + PATIENCE_MS; performance.now() < endMs; ) {
    if (isSo((await ask(path, { method: 'GET' })) as unknown as Run)) return;
  }
  assert.fail(`${path}: ${JSON.stringify(await ask(path, { method: 'GET' }))}`);
}

function openSandbox(): PaymentProvider {
  const port = keptPort(join(folder.path, 'sandbox'));
  const given = { apiKey: null, webhookSecrets: null, account: null };
  return buildSandboxClient(paymentsAccess(`http://127.0.0.1:${port}`, given, serverKey));
}

async function refundsByBooking(sandbox: PaymentProvider): Promise<Map<string, number>> {
  const refunds = new Map<string, number>();
  for (let after: string | null = null; ; ) {
    const { movements, next } = await sandbox.listMovements({ after, limit: 1_000 });
    for (const { kind, bookingId, amountMinor } of movements) {
      if (kind === 'refund') refunds.set(bookingId, (refunds.get(bookingId) ?? 0) + amountMinor);
    }
    if (next === null) return refunds;
    after = next;
  }
}

test('a mass refund that is killed twice in its middle refunds each booking once', async (context) => {
  const count = countOf('mass refund', BOOKINGS);
  const event = await makeEvent(count);
  await times(count, () => buy(event));
  await ask(`${event.path}/sale`, { method: 'PATCH', body: { state: 'cancelled' } });
  const { id } = await ask(`${event.path}/refund-runs`, { body: { choice: 'refund_all' } });
  const run = `${event.path}/refund-runs/${String(id)}`;
  // While it gathers its bookings, or begins to refund them; and when it has refunded some.
  const moments = [
    ({ pending, refunded }: Run['bookings']) => pending + refunded > 0,
    ({ refunded }: Run['bookings']) => refunded >= count * 0.4,
  ];
  for (const isMoment of moments) {
    await until(run, ({ bookings }) => isMoment(bookings));
    await server.kill9('server');
    server = await start();
    const { state, bookings } = (await ask(run, { method: 'GET' })) as unknown as Run;
    context.diagnostic(`killed while ${state}, with ${bookings.refunded} refunded and ${bookings.pending} to be`);
  }
  await until(run, ({ state }) => state === 'done');
  const { bookings } = (await ask(run, { method: 'GET' })) as unknown as Run;
  assert.deepEqual([bookings.refunded, bookings.failed], [count, 0]);
  const sandbox = openSandbox();
  try {
    for (const endMs = performance.now() + PATIENCE_MS; ; await pause(100)) {
      const refunds = await refundsByBooking(sandbox);
      assert.ok(
        [...refunds.values()].every((amount) => amount === PRICE_MINOR),
        'nobody has more than was paid',
      );
      if (refunds.size === count) break;
      assert.ok(performance.now() < endMs, `${refunds.size} of ${count} were refunded at the provider`);
    }
  } finally {
    sandbox.close();
  }
  const audit = await ask(`/events/${event.id}/money-audit`, { method: 'GET' });
  assert.deepEqual([audit['verdict'], audit['problems']], ['clean', []]);
});
