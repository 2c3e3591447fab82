import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EventDetail, EventList } from '@tessera/contract';
import { openCatalog, type CatalogUnderTest } from './support.ts';
import { dayText, eventPath, holdTickets, makeEvent, makeOrganization, makeTicketType, typePath } from './things.ts';

let under: CatalogUnderTest;

before(async () => {
  under = await openCatalog();
});
after(() => under.close());

async function readEvent(eventId: string, query = ''): Promise<EventDetail> {
  const answer = await under.send('GET', `/api/v1/events/${eventId}${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body as unknown as EventDetail;
}

async function listPage(query: string): Promise<EventList> {
  const answer = await under.send('GET', `/api/v1/events${query}`);
  assert.equal(answer.status, 200, answer.text);
  return answer.body as unknown as EventList;
}

async function setState(eventId: string, state: string): Promise<void> {
  const answer = await under.send('PATCH', `${eventPath(eventId)}/sale`, { state });
  assert.equal(answer.status, 200, answer.text);
}

describe('an event’s page', () => {
  it('shows words, terms and what is left', async () => {
    const eventId = await makeEvent(under, { title: 'Fish & "Chips" <b>' });
    const ticketTypeId = await makeTicketType(under, eventId, { name: 'Bench', description: 'Wood', price_minor: 1800, buyer_max: 4 });
    await holdTickets(under, { eventId, ticketTypeId, quantity: 3 });
    const event = await readEvent(eventId);
    assert.equal(event.title, 'Fish & "Chips" <b>');
    assert.equal(event.state, 'on_sale');
    assert.equal(event.starts_at, '2099-05-01T18:00:00.000Z');
    assert.equal(event.price_from_minor, 1800);
    assert.equal(event.organization.name, 'Hall & Co');
    assert.equal(event.sale.hold_seconds, 600);
    const [type] = event.ticket_types;
    assert.ok(type);
    assert.deepEqual(
      { id: type.id, name: type.name, price: type.price_minor, left: type.left, most: type.buyer_max, coded: type.needs_access_code },
      { id: ticketTypeId, name: 'Bench', price: 1800, left: 7, most: 4, coded: false },
    );
  });

  it('is shown and listed with the highest price and all fees', async () => {
    const pricing = { rounding: { mode: 'up', per: 'ticket' }, fees: [{ kind: 'percent', name: 'Fee', rate_ppm: 1_000_000 }] };
    const eventId = await makeEvent(under, {
      starts_at: '2098-05-01T18:00:00Z',
      ends_at: '2098-05-02T18:00:00Z',
      sale: { state: 'on_sale', pricing },
    });
    await makeTicketType(under, eventId, { price_minor: 100_000_000_000 });
    assert.equal((await readEvent(eventId)).price_from_minor, 200_000_000_000);
    const { data } = await listPage('?from=2098-01-01T00:00:00Z&until=2098-12-31T00:00:00Z');
    assert.deepEqual(
      data.map((event) => [event.id, event.price_from_minor]),
      [[eventId, 200_000_000_000]],
    );
  });

  it('counts the quota over a type in what is left', async () => {
    const eventId = await makeEvent(under);
    const one = await makeTicketType(under, eventId, { position: 1 });
    const two = await makeTicketType(under, eventId, { position: 2 });
    const body = { name: 'House', capacity: 12, ticket_type_ids: [one, two] };
    assert.equal((await under.send('POST', `${eventPath(eventId)}/quotas`, body)).status, 201);
    await holdTickets(under, { eventId, ticketTypeId: one, quantity: 8 });
    const event = await readEvent(eventId);
    assert.deepEqual(
      event.ticket_types.map((type) => [type.id, type.left]),
      [
        [one, 2],
        [two, 4],
      ],
    );
  });

  it('lists a type behind an access code to who knows the code', async () => {
    const eventId = await makeEvent(under);
    const open = await makeTicketType(under, eventId, { price_minor: 900, position: 0 });
    const hidden = await makeTicketType(under, eventId, { price_minor: 100, access_code: 'FRIENDS', position: 1 });
    const ids = (event: EventDetail) => event.ticket_types.map(({ id }) => id);
    const without = await readEvent(eventId);
    assert.deepEqual(ids(without), [open]);
    assert.equal(without.sale.takes_access_code, true);
    assert.equal(without.price_from_minor, 900);
    assert.deepEqual(ids(await readEvent(eventId, '?access_code=WRONG')), [open]);
    assert.deepEqual(ids(await readEvent(eventId, '?access_code=friends')), [open]);
    const known = await under.send('GET', `/api/v1/events/${eventId}?access_code=FRIENDS`);
    assert.deepEqual(ids(known.body as unknown as EventDetail), [open, hidden]);
    assert.match(String(known.headers['cache-control']), /private/);
    assert.ok(!known.text.includes('FRIENDS'));
  });

  it('is not there for drafts, other ids and texts that are none', async () => {
    const draft = await makeEvent(under, { sale: { state: 'draft' } });
    for (const id of [draft, 'evt_00000000000000000000000000', 'evt_zz', `evt_${'z'.repeat(26)}`]) {
      const answer = await under.send('GET', `/api/v1/events/${id}`);
      assert.equal(answer.status, 404, id);
      assert.equal(answer.body['code'], 'NOT_FOUND');
    }
    assert.equal((await under.send('GET', `/api/v1/events/${'x'.repeat(60)}`)).status, 400);
    await setState(draft, 'published');
    assert.equal((await readEvent(draft)).state, 'published');
  });

  it('answers 304 until a hold or an edit changes it', async () => {
    const eventId = await makeEvent(under);
    const ticketTypeId = await makeTicketType(under, eventId);
    const read = async (etag?: string) =>
      under.send('GET', `/api/v1/events/${eventId}`, undefined, { headers: etag === undefined ? {} : { 'if-none-match': etag } });
    const etags: string[] = [];
    const expectNew = async () => {
      const answer = await read(etags.at(-1));
      assert.equal(answer.status, 200);
      const etag = String(answer.headers['etag']);
      assert.ok(!etags.includes(etag), etag);
      etags.push(etag);
      const again = await read(`"other", W/${etag}`);
      assert.equal(again.status, 304);
      assert.equal(again.text, '');
    };
    await expectNew();
    await holdTickets(under, { eventId, ticketTypeId, quantity: 1 });
    await expectNew();
    assert.equal((await under.send('PATCH', typePath(ticketTypeId), { price_minor: 5 })).status, 200);
    await expectNew();
    await makeTicketType(under, eventId);
    await expectNew();
  });
});

describe('the list of events', () => {
  it('gives public events by start and id, a page at a time', async () => {
    const organizationId = await makeOrganization(under);
    const make = (days: number, state = 'on_sale') =>
      makeEvent(under, { organizationId, starts_at: dayText(days), ends_at: dayText(days + 1), sale: { state } });
    const sameDay = [await make(5), await make(5), await make(5)].sort();
    const early = await make(-40_000);
    await make(2, 'draft');
    const withdrawn = await make(4, 'published');
    await setState(withdrawn, 'draft');
    const late = await make(9, 'published');
    const seen: string[] = [];
    let query = '?limit=2';
    for (let pages = 0; pages < 50; pages += 1) {
      const page = await listPage(query);
      assert.ok(page.data.length <= 2);
      seen.push(...page.data.map(({ id }) => id));
      if (!page.has_more) break;
      query = `?limit=2&starting_after=${seen.at(-1)}`;
    }
    assert.equal(new Set(seen).size, seen.length);
    const mine = new Set([early, ...sameDay, late, withdrawn]);
    assert.deepEqual(
      seen.filter((id) => mine.has(id)),
      [early, ...sameDay, late],
    );
    const afterLast = await listPage(`?starting_after=${seen.at(-1)}`);
    assert.deepEqual(afterLast, { data: [], has_more: false });
  });

  it('passes over withdrawn events that would fill a page', async () => {
    const organizationId = await makeOrganization(under);
    const make = (days: number) =>
      makeEvent(under, { organizationId, starts_at: dayText(days), ends_at: dayText(days), sale: { state: 'published' } });
    const first = await make(1_000);
    for (let index = 1; index <= 4; index += 1) await setState(await make(1_000 + index), 'draft');
    const last = await make(1_010);
    const page = await listPage(`?limit=1&starting_after=${first}`);
    assert.deepEqual(
      page.data.map(({ id }) => id),
      [last],
    );
    assert.equal(page.has_more, false);
  });

  it('refuses wrong limits, unknown places and unknown parameters, naming them', async () => {
    const draft = await makeEvent(under, { sale: { state: 'draft' } });
    const wrong: [string, string][] = [
      ['limit=0', '/query/limit'],
      ['limit=101', '/query/limit'],
      ['limit=1.5', '/query/limit'],
      ['starting_after=evt_00000000000000000000000000', '/query/starting_after'],
      ['starting_after=nonsense', '/query/starting_after'],
      [`starting_after=${draft}`, '/query/starting_after'],
      ['page=2', '/query/page'],
    ];
    for (const [query, field] of wrong) {
      const answer = await under.send('GET', `/api/v1/events?${query}`);
      assert.equal(answer.status, 400, query);
      assert.deepEqual((answer.body['errors'] as { field: string }[])[0]?.field, field, query);
    }
  });

  it('answers 304 to who has the page already', async () => {
    const first = await under.send('GET', '/api/v1/events?limit=1');
    const headers = { 'if-none-match': String(first.headers['etag']) };
    assert.equal((await under.send('GET', '/api/v1/events?limit=1', undefined, { headers })).status, 304);
    assert.equal((await under.send('GET', '/api/v1/events?limit=2', undefined, { headers })).status, 200);
  });
});
