import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../../../../test/support/database.ts';
import { systemClock } from '../../../../platform/clock/index.ts';
import { openDb, type Db } from '../../../../platform/db/index.ts';
import { buildServer, type HttpServer } from '../../../../platform/http/index.ts';
import { formatCellId, formatId } from '../../../../platform/ids/index.ts';
import { buildLog, buildTelemetry } from '../../../../platform/telemetry/index.ts';
import { readAuditRoute } from '../../routes/read-audit.ts';
import { buildAuditDesk, type AuditDesk } from '../audit-desk.ts';
import { createRandomSale, type RandomSale } from './random-sale.ts';

let database: TestDatabase;
let db: Db;
let http: HttpServer;
let sale: RandomSale;

before(async () => {
  database = await createDatabase();
  db = openDb({ url: database.url, poolMax: 4, onError: () => undefined });
  sale = await createRandomSale(db, 'http');
  for (let step = 0; step < 20; step += 1) await sale.step();
  http = serve(buildAuditDesk({ db, clock: systemClock }));
});

after(async () => {
  await http.close();
  await db.close();
  await database.close();
});

function serve(auditDesk: AuditDesk): HttpServer {
  const server = buildServer({ telemetry: buildTelemetry(buildLog('silent')) });
  readAuditRoute(server, { auditDesk, isPublic: async () => true });
  return server;
}

const urlOf = (eventId: string) => `/api/v1/events/${formatId('evt', eventId)}/audit`;

test('a clean event answers its counters, twice counted', async () => {
  const answer = await http.inject({ url: `${urlOf(sale.eventId)}?full=true` });
  assert.equal(answer.statusCode, 200);
  assert.equal(answer.headers['cache-control'], 'no-store');
  const audit = answer.json();
  assert.deepEqual([audit.verdict, audit.mode, audit.problems, audit.problems_total], ['clean', 'full', [], 0]);
  assert.equal(audit.event_id, formatId('evt', sale.eventId));
  for (const type of audit.ticket_types) {
    const { id, counted, in_bookings, ...counters } = type;
    assert.deepEqual(counted, counters);
    assert.deepEqual(in_bookings, { held: counters.held, sold: counters.sold });
  }
  assert.equal(audit.quotas[0].id, formatCellId('quo', sale.eventId, sale.quotaId));
  assert.equal((await http.inject({ url: urlOf(sale.eventId) })).json().ticket_types[0].in_bookings, null);
});

test('a broken event says where, and names no buyer', async () => {
  const hurt = await createRandomSale(db, 'hurt');
  for (let step = 0; step < 10; step += 1) await hurt.step();
  await db.query('update sales.buyer_totals set quantity = quantity + 1 where event_id = $1', [hurt.eventId]);
  await db.query('update sales.ticket_types set held = held + 1 where event_id = $1 and id = $2', [hurt.eventId, hurt.ticketTypeIds[1]!]);
  const answer = await http.inject({ url: `${urlOf(hurt.eventId)}?full=true` });
  const audit = answer.json();
  assert.equal(audit.verdict, 'broken');
  const codes = new Set(audit.problems.map((problem: { code: string }) => problem.code));
  assert.deepEqual(codes, new Set(['buyer_total_drift', 'counter_drift', 'bookings_drift']));
  const drift = audit.problems.find((problem: { code: string }) => problem.code === 'counter_drift');
  assert.equal(drift.subject_id, formatCellId('typ', hurt.eventId, hurt.ticketTypeIds[1]!));
  const [buyer] = await db.query<{ key: string }>('select buyer_key as key from sales.buyer_totals where event_id = $1 limit 1', [
    hurt.eventId,
  ]);
  assert.ok(buyer && !answer.body.includes(buyer.key));
});

test('what cannot be audited is refused', async () => {
  const statuses: [string, number][] = [
    [urlOf('0190ffff-0000-7000-8000-000000000000'), 404],
    ['/api/v1/events/evt_nonsense/audit', 404],
    [`${urlOf(sale.eventId)}?full=perhaps`, 400],
    [`${urlOf(sale.eventId)}?fast=true`, 400],
  ];
  for (const [url, status] of statuses) assert.equal((await http.inject({ url })).statusCode, status, url);
});

test('too many audits at once are told when to come back', async () => {
  const busy = serve({ audit: async () => ({ kind: 'busy', retryAfterSeconds: 5 }) });
  const answer = await busy.inject({ url: urlOf(sale.eventId) });
  assert.deepEqual([answer.statusCode, answer.headers['retry-after'], answer.json().code], [503, '5', 'UNAVAILABLE']);
  await busy.close();
});
