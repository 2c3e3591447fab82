import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parseId } from '../../../platform/ids/index.ts';
import { changeSale, createTicketType, DEFAULT_TICKET_TYPE_TERMS, listEvents, readEvent, type Catalog } from '../index.ts';
import { changeTicketType } from '../change-ticket-type.ts';
import { openCatalog, type CatalogUnderTest } from './support.ts';
import { makeEvent } from './things.ts';

let under: CatalogUnderTest;

before(async () => {
  under = await openCatalog();
});
after(() => under.close());

/** The catalog on a server whose connection dies at the first statement that names `table`. */
function dyingAt(table: string): Catalog {
  const { db } = under.catalog;
  const dies = (text: string) => text.includes(table);
  return {
    ...under.catalog,
    db: { ...db, query: (text, values) => (dies(text) ? Promise.reject(new Error('gone')) : db.query(text, values)) },
  };
}

async function newEvent(state: string): Promise<string> {
  const eventId = parseId('evt', await makeEvent(under, { sale: { state } }));
  assert.ok(eventId);
  return eventId;
}

describe('what is broken off', () => {
  it('a ticket type without words is shown to nobody, and the repeat brings them', async () => {
    const eventId = await newEvent('on_sale');
    const terms = { ...DEFAULT_TICKET_TYPE_TERMS, priceMinor: 100 };
    const request = { eventId, words: { name: 'Seat', description: '' }, capacity: 5, terms, idempotencyKey: 'seat' };
    const shown = async () => (await readEvent(under.catalog, { eventId, viewer: { kind: 'buyer', accessCode: null } }))?.ticketTypes;
    await assert.rejects(createTicketType(dyingAt('catalog.ticket_types'), request), /gone/);
    assert.deepEqual(await shown(), []);
    const repeat = await createTicketType(under.catalog, request);
    assert.deepEqual([repeat.kind, repeat.kind === 'created' && repeat.replayed], ['created', true]);
    assert.equal((await shown())?.[0]?.words.name, 'Seat');
  });

  it('new words of a ticket type come with the repeat', async () => {
    const eventId = await newEvent('on_sale');
    const terms = { ...DEFAULT_TICKET_TYPE_TERMS, priceMinor: 100 };
    const made = await createTicketType(under.catalog, {
      eventId,
      words: { name: 'Seat', description: '' },
      capacity: 5,
      terms,
      idempotencyKey: 'seat',
    });
    assert.equal(made.kind, 'created');
    const request = {
      eventId,
      ticketTypeId: made.ticketTypeId,
      capacity: null,
      changes: {},
      words: { name: 'Chair' },
      idempotencyKey: 'chair',
    };
    const { db } = under.catalog;
    const dying: Catalog = { ...under.catalog, db: { ...db, transaction: () => Promise.reject(new Error('gone')) } };
    const name = async () => (await readEvent(under.catalog, { eventId, viewer: { kind: 'organizer' } }))?.ticketTypes[0]?.words.name;
    await assert.rejects(changeTicketType(dying, request), /gone/);
    assert.equal(await name(), 'Seat');
    assert.equal((await changeTicketType(under.catalog, request)).kind, 'configured');
    assert.equal(await name(), 'Chair');
  });

  it('an event is never public and out of the list', async () => {
    const eventId = await newEvent('draft');
    const request = { eventId, changes: { state: 'published' as const }, idempotencyKey: 'publish' };
    const listed = async () => {
      const page = await listEvents(under.catalog, { limit: 100, startingAfter: null, endsAfterMs: null });
      return page.kind === 'page' && page.events.some(({ words }) => words.eventId === eventId);
    };
    // The mark comes first: where it cannot be written, the sale stays a draft.
    await assert.rejects(changeSale(dyingAt('update catalog.events'), request), /gone/);
    assert.equal(await readEvent(under.catalog, { eventId, viewer: { kind: 'buyer', accessCode: null } }), null);
    assert.equal(await listed(), false);
    assert.equal((await changeSale(under.catalog, request)).kind, 'configured');
    assert.equal(await listed(), true);
  });
});
