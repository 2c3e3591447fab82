import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { formatId, parseCellId, parseId } from '../../../platform/ids/index.ts';
import { sweep } from '../../buyers/sweep.ts';
import { auditEvent, offerTickets } from '../../sales/index.ts';
import { createEvent, DEFAULT_SALE_TERMS, readEvent, type EventWords } from '../index.ts';
import { purgeEvent } from '../purge-test-data.ts';
import { readTestEvents } from '../queries/test-events.ts';
import { openCatalog, type CatalogUnderTest } from './support.ts';
import { eventPath, holdTickets, homeOf, makeEvent, makeOrganization, makeTicketType, typePath } from './things.ts';

let under: CatalogUnderTest;
let tables: string[];

before(async () => {
  under = await openCatalog();
  const rows = await under.catalog.db.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
       join pg_namespace n on n.oid = c.relnamespace
     where a.attname = 'event_id' and c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') order by 1`,
  );
  tables = rows.map(({ name }) => name);
});
after(() => under.close());

const WORDS: Omit<EventWords, 'organizationId'> = {
  title: 'A Rehearsal',
  summary: '',
  description: '',
  venueName: 'The Hall',
  venueCity: 'Graz',
  startsAtMs: Date.UTC(2099, 0, 1),
  endsAtMs: Date.UTC(2099, 0, 2),
  timeZone: 'Europe/Vienna',
  picture: null,
};

const idOf = (text: string): string => parseId('evt', text) ?? assert.fail(text);
const soon = () => performance.now() + 10_000;

async function newTestEvent(organization: string): Promise<string> {
  const organizationId = parseId('org', organization) ?? assert.fail(organization);
  const created = await createEvent(under.catalog, {
    words: { ...WORDS, organizationId },
    currency: 'EUR',
    terms: { ...DEFAULT_SALE_TERMS, state: 'on_sale' },
    isTest: true,
    idempotencyKey: null,
  });
  assert.equal(created.kind, 'event');
  const eventId = formatId('evt', created.eventId);
  homeOf.set(eventId, organization);
  return eventId;
}

/** Puts at least one row of the event into every table of a cell. */
async function fill(eventId: string): Promise<string> {
  const ticketTypeId = await makeTicketType(under, eventId);
  const quota = await under.send('POST', `${eventPath(eventId)}/quotas`, {
    name: 'All',
    capacity: 9,
    ticket_type_ids: [ticketTypeId],
  });
  assert.equal(quota.status, 201, quota.text);
  await fillWords(eventId);
  await fillMoney(idOf(eventId));
  assert.equal((await under.send('PATCH', typePath(ticketTypeId), { name: 'Chair' })).status, 200);
  const bookingId = await holdTickets(under, { eventId, ticketTypeId, quantity: 2 });
  assert.equal((await under.send('POST', `/internal/bookings/${bookingId}/confirm`, {})).status, 200);
  const offered = { eventId: idOf(eventId), bookingId: parseCellId('bkg', bookingId)?.id ?? '', tickets: [1] };
  await offerTickets(under.catalog.sales, { ...offered, actor: { kind: 'organizer' }, idempotencyKey: `offer ${eventId}` });
  await fillTickets(eventId);
  await fillDoors(idOf(eventId));
  const paid = await makeTicketType(under, eventId, { price_minor: 100 });
  await holdTickets(under, { eventId, ticketTypeId: paid, quantity: 1, promoCode: 'HALF' });
  await follow();
  const report = await auditEvent(under.catalog, idOf(eventId), { full: true });
  assert.ok(report);
  return ticketTypeId;
}

/** Tickets have come with the confirmed booking; they are offered to somebody, who comes with them is known, and a key signs them. */
async function fillTickets(eventId: string): Promise<void> {
  const { db } = under.catalog;
  await db.query(
    `insert into tickets.event_keys (event_id, key_no, public_key, private_sealed, created_at) values ($1, 1, '', '', now())`,
    [idOf(eventId)],
  );
  await db.query(
    `insert into tickets.transfers (event_id, booking_id, number, secret_hash, offered_at, expires_at)
     select event_id, booking_id, number, '', now(), now() from tickets.tickets where event_id = $1`,
    [idOf(eventId)],
  );
  await db.query(
    `insert into tickets.attendees (event_id, booking_id, number, buyer_key, changed_at)
     select event_id, booking_id, number, buyer_key, now() from tickets.tickets where event_id = $1`,
    [idOf(eventId)],
  );
}

/** A gate, somebody let in there, and a guest. */
async function fillDoors(eventId: string): Promise<void> {
  const id = "'00000000-0000-7000-8000-000000000001'";
  const rows = [
    `gates (event_id, id, name, fingerprint, created_at) values ($1, ${id}, 'North', ${id}, now())`,
    `gate_counts (event_id, gate_id, ticket_type_id) values ($1, ${id}, ${id})`,
    `check_ins (event_id, scan_id, fingerprint, direction, by, is_offline, is_by_hand, scanned_at, received_at, outcome, standing)
      values ($1, ${id}, ${id}, 'in', 'platform', false, false, now(), now(), 'unknown', 'refused')`,
    `desk_bookings (event_id, booking_id, kind, by, at) values ($1, ${id}, 'sale', 'platform', now())`,
  ];
  for (const row of rows) await under.catalog.db.query(`insert into tickets.${row}`, [eventId]);
}

/** One row of each kind, as lanes, notifications and organizers leave them. */
async function fillMoney(eventId: string): Promise<void> {
  const id = "'00000000-0000-7000-8000-000000000001'";
  const rows = [
    `transfers (event_id, seq, at, kind, booking_id, debit, credit, amount_minor, currency) values ($1, 1, now(), 'payment', ${id}, 'provider', 'sales', 1, 'EUR')`,
    "balances (event_id, account, currency, debit_minor, credit_minor) values ($1, 'provider', 'EUR', 1, 0)",
    `owed (event_id, id, kind, booking_id, payment_ref, amount_minor, currency, reason, created_at, next_try_at)
      values ($1, ${id}, 'refund', ${id}, 'pi_1', 1, 'EUR', 'asked', now(), now())`,
    `notices (event_id, id, at, reason, payment_ref, detail) values ($1, ${id}, now(), 'unknown_booking', 'pi_1', 'Nobody knows it.')`,
    'policies (event_id, until_hours_before, percent, keep_fees) values ($1, 1, 50, true)',
    `refund_runs (event_id, id, fingerprint, state, choice, by_default, keep_fees, restock, created_by, created_at)
      values ($1, ${id}, ${id}, 'done', 'refund_all', 'refund', true, true, 'platform', now())`,
    `refund_run_bookings (event_id, run_id, booking_id, state) values ($1, ${id}, ${id}, 'refunded')`,
  ];
  for (const row of rows) await under.catalog.db.query(`insert into payments.${row}`, [eventId]);
}

async function fillWords(eventId: string): Promise<void> {
  const code = { code: 'HALF', kind: 'percent', value: 500_000, buyer_uses_max: 1 };
  const made = [
    await under.send('POST', `${eventPath(eventId)}/promo-codes`, code),
    await under.send('POST', `${eventPath(eventId)}/questions`, { label: 'Meal', kind: 'text' }),
    await under.send('PATCH', eventPath(eventId), { venue: { name: 'Elsewhere', city: 'Graz' }, move_reason: 'Larger.' }),
  ];
  for (const { status, text } of made) assert.ok(status < 300, text);
}

/** What a worker does: makes buyers' bookings of the facts. */
async function follow(): Promise<void> {
  const failed = (_eventId: string, error: unknown): never => {
    throw error;
  };
  const { signal } = new AbortController();
  await sweep({ db: under.catalog.db, signal, isResting: () => false, rest: async () => {}, failed });
}

async function rowsOf(eventId: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const table of tables) {
    const rows = await under.catalog.db.query<{ row: string }>(`select t::text as row from ${table} t where event_id = $1 order by 1`, [
      idOf(eventId),
    ]);
    if (rows.length > 0)
      found.set(
        table,
        rows.map(({ row }) => row),
      );
  }
  return found;
}

test('a purge leaves not one row of a test event, and touches nothing else', async () => {
  const organization = await makeOrganization(under);
  const test = await newTestEvent(organization);
  const live = await makeEvent(under, { organizationId: organization });
  const foreign = await newTestEvent(await makeOrganization(under));
  for (const eventId of [test, live, foreign]) await fill(eventId);
  assert.deepEqual([...(await rowsOf(test)).keys()], tables, 'every table that knows an event is filled, so that it is looked at');
  const others = [await rowsOf(live), await rowsOf(foreign)];
  const organizationId = parseId('org', organization) ?? '';
  const purge = (eventId: string) => purgeEvent(under.catalog, { organizationId, eventId: idOf(eventId), endMs: soon() });
  assert.equal(await purge(test), 'gone');
  assert.deepEqual(await rowsOf(test), new Map());
  for (const eventId of [live, foreign, test]) assert.equal(await purge(eventId), 'not_a_test');
  assert.deepEqual([await rowsOf(live), await rowsOf(foreign)], others);
});

/** Buyers of an event, one after the other in eight rows, until a number of them has come and `work` is done. */
async function whileBought(event: string, work: () => Promise<void>): Promise<number[]> {
  const ticketTypeId = await makeTicketType(under, event, { capacity: 100_000 });
  const answers = new Map<number, number>();
  let isOver = false;
  const buy = async () => {
    while (!isOver) {
      const body = { event_id: event, lines: [{ ticket_type_id: ticketTypeId, quantity: 1 }] };
      const { status } = await under.send('POST', '/api/v1/bookings', body, { token: under.buyerToken() });
      answers.set(status, (answers.get(status) ?? 0) + 1);
    }
  };
  const buyers = Array.from({ length: 8 }, buy);
  try {
    while ((answers.get(201) ?? 0) < 50) await new Promise((resolve) => setImmediate(resolve));
    await work();
  } finally {
    isOver = true;
    await Promise.all(buyers);
  }
  return [...answers.keys()].sort();
}

test('nothing is written behind a purge by those who buy meanwhile', async () => {
  const organization = await makeOrganization(under);
  const organizationId = parseId('org', organization) ?? '';
  const event = await newTestEvent(organization);
  const answers = await whileBought(event, async () => {
    assert.equal(await purgeEvent(under.catalog, { organizationId, eventId: idOf(event), endMs: soon() }), 'gone');
  });
  assert.deepEqual(await rowsOf(event), new Map());
  assert.deepEqual(
    answers.filter((status) => ![201, 404].includes(status)),
    [],
  );
});

test('control: with the head last, bookings are written behind', async () => {
  const { db } = under.catalog;
  const event = await newTestEvent(await makeOrganization(under));
  await whileBought(event, async () => {
    const inOrder = [...tables.filter((table) => table !== 'sales.heads'), 'sales.heads'];
    for (const table of inOrder) await db.query(`delete from ${table} where event_id = $1`, [idOf(event)]);
  });
  assert.ok((await rowsOf(event)).size > 0);
});

test('a purge that was broken off is found again and ends', async () => {
  const organization = await makeOrganization(under);
  const organizationId = parseId('org', organization) ?? '';
  const event = await newTestEvent(organization);
  await fill(event);
  const eventId = idOf(event);
  assert.equal(await purgeEvent(under.catalog, { organizationId, eventId, endMs: 0 }), 'more', 'the head is gone, the rest is not');
  assert.equal(await readEvent(under.catalog, { eventId, viewer: { kind: 'organizer' } }), null);
  assert.deepEqual(await readTestEvents(under.catalog.db, organizationId, 10), [eventId]);
  assert.equal(await purgeEvent(under.catalog, { organizationId, eventId, endMs: soon() }), 'gone');
  assert.deepEqual(await rowsOf(event), new Map());
});

test('a test event is read by its id and says so, and is never listed', async () => {
  const organization = await makeOrganization(under);
  const event = await newTestEvent(organization);
  assert.equal((await under.send('PATCH', `${eventPath(event)}/sale`, { state: 'paused' })).status, 200);
  const read = await under.send('GET', `/api/v1/events/${event}`);
  assert.deepEqual([read.status, read.body['is_test']], [200, true]);
  const listed = await under.send('GET', '/api/v1/events?limit=100');
  assert.equal(JSON.stringify(listed.body).includes(event), false);
});

test('of calls at once each event is counted by one', async () => {
  const organization = await makeOrganization(under);
  const organizationId = parseId('org', organization) ?? assert.fail(organization);
  for (let round = 0; round < 5; round += 1) {
    const eventId = idOf(await newTestEvent(organization));
    const calls = Array.from({ length: 3 }, () => purgeEvent(under.catalog, { organizationId, eventId, endMs: soon() }));
    const outcomes = await Promise.all(calls);
    assert.deepEqual(outcomes.sort(), ['gone', 'not_a_test', 'not_a_test']);
  }
});
