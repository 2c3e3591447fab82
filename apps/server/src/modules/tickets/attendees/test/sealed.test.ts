import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { buildPersonalKeys } from '../../../buyers/personal-keys.ts';
import { clearAttendee } from '../clear-attendee.ts';
import { readNames } from '../read-names.ts';
import { bookingOf, eventOf, NAMES, openAttendees, passOn, type AttendeesUnderTest, type Json } from './support.ts';

let under: AttendeesUnderTest;
before(async () => {
  under = await openAttendees();
});
after(() => under.close());

const seats = (quantity: number) => [{ ticket_type_id: under.seat, quantity }];
const namesOf = (body: Json) => (body['tickets'] as { name: string | null }[]).map(({ name }) => name);

async function buyerKeyOf(bookingId: string): Promise<string> {
  const { eventId, id } = bookingOf(bookingId);
  const rows = await under.houses.db.query<{ key: string }>('select buyer_key as key from sales.bookings where event_id = $1 and id = $2', [
    eventId,
    id,
  ]);
  return rows[0]?.key ?? '';
}

/** Everything that any table of the database has, as text and as bytes. */
async function wholeDatabase(): Promise<string> {
  const { db } = under.houses;
  const tables = await db.query<{ name: string }>(
    `select table_schema || '.' || table_name as name from information_schema.tables where table_schema !~ '^(pg_|information_schema)'`,
  );
  const texts: string[] = [];
  for (const { name } of tables)
    for (const { row } of await db.query<{ row: string }>(`select t::text as row from ${name} t`)) texts.push(row);
  return texts.join('\n');
}

test('nothing that a buyer says of people can be read in the database', async () => {
  const question = await under.ask({ label: 'Allergies', asked_per: 'ticket' });
  const buyer = await under.newBuyer();
  const id = await buyer.book(seats(NAMES.length));
  const email = (index: number) => `somebody-${index}-quite-special@example.org`;
  const answers = [{ question_id: question, value: 'peanuts-and-wasps' }];
  const tickets = NAMES.map((name, index) => ({ number: index + 1, name: `${name} Quitespecial`, email: email(index), answers }));
  assert.equal((await buyer.set(id, { tickets })).status, 200);
  const all = await wholeDatabase();
  assert.ok(all.includes(bookingOf(id).id), 'the look at the database sees rows');
  for (const secret of [...NAMES.map((name) => `${name} Quitespecial`), 'Quitespecial', 'quite-special', 'peanuts-and-wasps']) {
    const bytes = Buffer.from(secret);
    assert.equal(all.includes(secret), false, secret);
    for (const written of [bytes.toString('hex'), bytes.toString('base64').replaceAll('=', '').slice(0, -1)])
      assert.equal(all.includes(written), false, secret);
  }
  assert.deepEqual(
    namesOf((await buyer.read(id)).body),
    tickets.map(({ name }) => name),
  );
});

test('names are read for tickets in their order, of who holds them', async () => {
  const buyer = await under.newBuyer();
  const id = await buyer.book(seats(3));
  const tickets = [
    { number: 1, name: 'Ada' },
    { number: 3, name: 'Grace', email: 'grace@example.org' },
  ];
  await buyer.set(id, { tickets });
  const { db, serverKey } = under.houses;
  const { eventId, id: bookingId } = bookingOf(id);
  const buyerKey = await buyerKeyOf(id);
  const namesFor = (held: { number: number; buyerKey: string }[]) =>
    readNames({ db, personalKeys: buildPersonalKeys({ serverKey, db }) }, { eventId, tickets: held.map((one) => ({ bookingId, ...one })) });
  assert.deepEqual(await namesFor([3, 2, 1, 3].map((number) => ({ number, buyerKey }))), ['Grace', null, 'Ada', 'Grace']);
  assert.deepEqual(await namesFor([{ number: 1, buyerKey: bookingId }]), [null], 'of another holder nobody has said it');
  assert.deepEqual(await namesFor([]), []);
});

test('a sealed name that is moved to another ticket is nobody’s name', async () => {
  const buyer = await under.newBuyer();
  const id = await buyer.book(seats(2));
  await buyer.set(id, {
    tickets: [
      { number: 1, name: 'Ada' },
      { number: 2, name: 'Grace' },
    ],
  });
  await under.houses.db.query(
    `update tickets.attendees a set name_sealed = b.name_sealed from tickets.attendees b
     where a.booking_id = $1 and b.booking_id = $1 and a.number = 1 and b.number = 2`,
    [bookingOf(id).id],
  );
  assert.deepEqual(namesOf((await buyer.read(id)).body), [null, 'Grace']);
});

test('a ticket that is passed on forgets who was to come with it', async () => {
  const [booker, guest] = [await under.newBuyer(), await under.newBuyer()];
  const id = await booker.book(seats(2), { confirm: true });
  await booker.set(id, {
    tickets: [
      { number: 1, name: 'Ada' },
      { number: 2, name: 'Grace' },
    ],
  });
  const { id: bookingId } = bookingOf(id);
  await under.houses.db.transaction((tx) => clearAttendee(tx, { eventId: eventOf(under.eventId), bookingId, number: 2 }));
  await passOn(under.houses, { bookingId: id, number: 2, to: await guest.book(seats(1)) });
  const rows = await under.houses.db.query('select number from tickets.attendees where booking_id = $1', [bookingId]);
  assert.deepEqual(rows, [{ number: 1 }]);
  assert.deepEqual([namesOf((await booker.read(id)).body), namesOf((await guest.read(id)).body)], [['Ada'], [null]]);
});

test('whoever destroys a buyer’s key makes it unreadable, and nothing fails of it', async () => {
  const question = await under.ask({ label: 'Needed', required: true });
  const buyer = await under.newBuyer();
  const id = await buyer.book(seats(1));
  const body = {
    booking: { answers: [{ question_id: question, value: 'x' }] },
    tickets: [{ number: 1, name: 'Ada', email: 'ada@example.org' }],
  };
  assert.deepEqual((await buyer.set(id, body)).body['missing'], []);
  assert.equal((await buyer.act(id, 'confirm')).status, 200);
  const { db, serverKey } = under.houses;
  await buildPersonalKeys({ serverKey, db }).destroy(await buyerKeyOf(id));
  const erased = await buyer.read(id);
  assert.deepEqual([erased.status, namesOf(erased.body), (erased.body['missing'] as Json[]).length], [200, [null], 1]);
  const { body: page } = await under.member(under.owner, 'GET', '/attendees?limit=200');
  const listed = (page['data'] as Json[]).find((one) => one['booking_id'] === id);
  assert.deepEqual([listed?.['name'], listed?.['email'], listed?.['booking_answers']], [null, null, []]);
  await buyer.set(id, { tickets: [{ number: 1, name: 'Grace' }] });
  assert.deepEqual(namesOf((await buyer.read(id)).body), ['Grace'], 'a new key is made for new words');
  await under.archive(question);
});
