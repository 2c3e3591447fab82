import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createDatabase, type TestDatabase } from '../../../../test/support/database.ts';
import { createRandomSale, type RandomSale } from '../modules/sales/audit/test/random-sale.ts';
import { buildAuditDesk, readAuditRoute } from '../modules/sales/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { openDb, type Db } from '../platform/db/index.ts';
import { buildServer, type HttpServer } from '../platform/http/index.ts';
import { formatId } from '../platform/ids/index.ts';
import { buildLog, buildTelemetry } from '../platform/telemetry/index.ts';
import { auditAll } from './audit.ts';
import { auditByDatabase } from './audit-by-database.ts';
import { auditByServer } from './audit-by-server.ts';
import { readAuditFlags } from './audit-flags.ts';
import type { AuditSource } from './audit-source.ts';

test('flags are read, and what is wrong with them is said', () => {
  const eventId = formatId('evt', '0190ffff-0000-7000-8000-000000000000');
  assert.deepEqual(readAuditFlags([]), { kind: 'run', eventIds: [], full: false, url: null });
  const all = ['--event', eventId, '--full', '--url', 'http://localhost:8080'];
  assert.deepEqual(readAuditFlags(all), { kind: 'run', eventIds: [eventId], full: true, url: 'http://localhost:8080' });
  assert.equal(readAuditFlags(['--help']).kind, 'help');
  for (const wrong of [['--event', 'evt_x'], ['--url', 'localhost'], ['--fast'], ['all'], ['--event']]) {
    assert.equal(readAuditFlags(wrong).kind, 'wrong', wrong.join(' '));
  }
});

describe('auditing', () => {
  let database: TestDatabase;
  let db: Db;
  let http: HttpServer;
  let serverUrl: string;
  let sales: RandomSale[];

  before(async () => {
    database = await createDatabase();
    db = openDb({ url: database.url, poolMax: 4, onError: () => undefined });
    sales = [await createRandomSale(db, 'one'), await createRandomSale(db, 'two')];
    for (const sale of sales) for (let step = 0; step < 5; step += 1) await sale.step();
    http = buildServer({ telemetry: buildTelemetry(buildLog('silent')) });
    readAuditRoute(http, { auditDesk: buildAuditDesk({ db, clock: systemClock }, { reuseMs: 0 }), isPublic: async () => true });
    listOneByOne(
      http,
      sales.map((sale) => formatId('evt', sale.eventId)),
    );
    serverUrl = await http.listen({ host: '127.0.0.1', port: 0 });
  });

  after(async () => {
    await http.close();
    await db.close();
    await database.close();
  });

  async function run(source: AuditSource, eventIds: string[] = []): Promise<{ status: number; lines: string[] }> {
    const lines: string[] = [];
    try {
      return { status: await auditAll(source, { eventIds, full: true, print: (line) => lines.push(line) }), lines };
    } finally {
      await source.close();
    }
  }

  const sources = { 'a server': () => auditByServer(serverUrl), 'a database': () => auditByDatabase(database.url) };

  for (const [name, open] of Object.entries(sources)) {
    test(`every event of ${name} is audited, and a broken one is named`, async () => {
      const clean = await run(open());
      assert.equal(clean.status, 0);
      assert.equal(clean.lines.at(-1), '2 clean.');
      for (const sale of sales) assert.ok(clean.lines.some((line) => line.startsWith(`${formatId('evt', sale.eventId)}    CLEAN`)));
      const sold = 'update sales.ticket_types set sold = sold + $2 where event_id = $1';
      await db.query(sold, [sales[1]!.eventId, 1]);
      const broken = await run(open());
      await db.query(sold, [sales[1]!.eventId, -1]);
      assert.equal(broken.status, 1);
      assert.equal(broken.lines.at(-1), '1 clean, 1 BROKEN.');
      assert.ok(broken.lines.some((line) => line.startsWith('  counter_drift typ_')));
    });

    test(`one event of ${name} is audited, and an unknown one is a sentence`, async () => {
      const one = await run(open(), [formatId('evt', sales[0]!.eventId)]);
      assert.deepEqual([one.status, one.lines.at(-1)], [0, '1 clean.']);
      await assert.rejects(run(open(), [formatId('evt', '0190ffff-0000-7000-8000-000000000000')]), /There is no event evt_/);
    });
  }

  test('a server that does not answer is a sentence', async () => {
    await assert.rejects(run(auditByServer('http://127.0.0.1:9')), /does not answer/);
  });
});

/** A list of events in pages of one. */
function listOneByOne(http: HttpServer, ids: string[]): void {
  http.get('/api/v1/events', async (request) => {
    const { starting_after: last } = request.query as { starting_after?: string };
    const at = last === undefined ? 0 : ids.indexOf(last) + 1;
    return { data: ids.slice(at, at + 1).map((id) => ({ id })), has_more: at + 1 < ids.length };
  });
}
