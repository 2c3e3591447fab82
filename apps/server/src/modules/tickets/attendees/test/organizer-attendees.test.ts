import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ROLES } from '../../../../../../../test/system/houses.ts';
import { giveBack, NAMES, openAttendees, passOn, type AttendeesUnderTest, type Json } from './support.ts';

let under: AttendeesUnderTest;
before(async () => {
  under = await openAttendees();
});
after(() => under.close());

const seats = (quantity: number) => [{ ticket_type_id: under.seat, quantity }];
const ticketId = (bookingId: string, number: number) => `tkt_${bookingId.slice(4)}00${number}`;
const dataOf = ({ body }: { body: Json }) => body['data'] as Json[];

async function listAll(limit: number): Promise<Json[]> {
  const all: Json[] = [];
  for (let after = ''; ; ) {
    const page = await under.member(under.owner, 'GET', `/attendees?limit=${limit}${after}`);
    assert.equal(page.status, 200, page.text);
    all.push(...dataOf(page));
    if (page.body['has_more'] !== true) return all;
    after = `&starting_after=${String(dataOf(page).at(-1)?.['ticket_id'])}`;
  }
}

const actions = async (): Promise<Json[]> => {
  const answer = await under.houses.send(under.owner, 'GET', `/organizations/${under.organization}/actions`);
  return answer.json<{ data: Json[] }>().data;
};

describe('the attendees of an event', () => {
  it('are its valid tickets with what their holders said, page by page', async () => {
    const meal = await under.ask({ label: 'Meal', asked_per: 'ticket' });
    const [buyer, guest] = [await under.newBuyer(), await under.newBuyer()];
    const [id, held] = [await buyer.book(seats(4), { confirm: true }), await buyer.book(seats(2))];
    const other = await guest.book(seats(1), { confirm: true });
    const said = [1, 2, 3, 4].map((number) => ({
      number,
      name: `Guest ${number}`,
      answers: [{ question_id: meal, value: `Meal ${number}` }],
    }));
    await buyer.set(id, { tickets: said });
    await buyer.set(held, { tickets: [{ number: 1, name: 'Not sold' }] });
    await giveBack(under.houses, { bookingId: id, number: 2 });
    await passOn(under.houses, { bookingId: id, number: 3, to: other });
    const whole = await listAll(200);
    const mine = whole.filter((one) => one['booking_id'] === id);
    assert.deepEqual(
      mine.map((one) => [one['ticket_id'], one['name'], (one['answers'] as Json[])[0]?.['value']]),
      [
        [ticketId(id, 1), 'Guest 1', 'Meal 1'],
        [ticketId(id, 3), null, undefined],
        [ticketId(id, 4), 'Guest 4', 'Meal 4'],
      ],
    );
    assert.equal(
      whole.some((one) => one['booking_id'] === held),
      false,
      'what is only held is no attendee',
    );
    for (const limit of [1, 2, 3]) assert.deepEqual(await listAll(limit), whole, `pages of ${limit}`);
    const wrong = await under.member(under.owner, 'GET', `/attendees?starting_after=${id}`);
    assert.equal(wrong.status, 400);
  });

  it('are for those who sell and let people in, and for nobody of another house', async () => {
    const id = await (await under.newBuyer()).book(seats(1), { confirm: true });
    for (const role of ROLES.slice(1)) {
      const someone = await under.houses.joinAs(under.organization, under.owner, role);
      const expected = ['admin', 'manager', 'box_office'].includes(role) ? 200 : 403;
      const change = under.member(someone, 'PATCH', `/attendees/${ticketId(id, 1)}`, { name: `By ${role}` });
      const answers = await Promise.all([
        under.member(someone, 'GET', '/attendees'),
        under.member(someone, 'GET', '/attendees.csv'),
        change,
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [expected, expected, expected],
        role,
      );
    }
    const stranger = await under.houses.newPerson();
    await under.houses.found(stranger);
    for (const path of ['/attendees', '/attendees.csv']) assert.equal((await under.member(stranger, 'GET', path)).status, 404);
    const foreign = await under.houses.send(
      stranger,
      'PATCH',
      `/organizations/${under.organization}/events/${under.eventId}/attendees/${ticketId(id, 1)}`,
      { name: 'Eve' },
    );
    assert.equal(foreign.statusCode, 404);
  });

  it('a name is changed without the buyer’s other words being touched, and recorded without the name', async () => {
    const buyer = await under.newBuyer();
    const id = await buyer.book(seats(1), { confirm: true });
    await buyer.set(id, { tickets: [{ number: 1, name: 'Ada', email: 'ada@example.org' }] });
    const path = `/attendees/${ticketId(id, 1)}`;
    const changed = await under.member(under.owner, 'PATCH', path, { name: 'Grace Quitespecial' });
    assert.deepEqual(
      [changed.status, changed.body['name'], changed.body['email']],
      [200, 'Grace Quitespecial', 'ada@example.org'],
      changed.text,
    );
    const seen = (await buyer.read(id)).body['tickets'] as Json[];
    assert.deepEqual([seen[0]?.['name'], seen[0]?.['email']], ['Grace Quitespecial', 'ada@example.org']);
    const before = await actions();
    assert.deepEqual(
      [before[0]?.['what'], before[0]?.['before'], before[0]?.['after']],
      ['attendee.changed', null, { ticket_id: ticketId(id, 1) }],
    );
    await under.member(under.owner, 'PATCH', path, { name: 'Grace Quitespecial' });
    assert.equal((await actions()).length, before.length, 'nothing was changed, nothing is recorded');
    assert.equal(JSON.stringify(before).includes('Quitespecial'), false);
    assert.equal((await under.member(under.owner, 'PATCH', path, { name: null })).body['name'], null);
    for (const name of ['', 'a\nb', 'a\u001bb']) assert.equal((await under.member(under.owner, 'PATCH', path, { name })).status, 400);
  });

  it('a ticket that is not there, was given back or is of another event has no name to change', async () => {
    const buyer = await under.newBuyer();
    const other = await under.newEvent();
    const [id, elsewhere] = [
      await buyer.book(seats(1), { confirm: true }),
      await buyer.book([{ ticket_type_id: other.type, quantity: 1 }], { confirm: true, eventId: other.eventId }),
    ];
    const held = await buyer.book(seats(1));
    await giveBack(under.houses, { bookingId: id, number: 1 });
    for (const ticket of [ticketId(id, 1), ticketId(id, 2), ticketId(elsewhere, 1), ticketId(held, 1), 'tkt_x'])
      assert.equal((await under.member(under.owner, 'PATCH', `/attendees/${ticket}`, { name: 'Ada' })).status, 404, ticket);
  });
});

describe('the file of attendees', () => {
  it('has a row for each ticket, all scripts, and no formulas; it is recorded', async () => {
    const buyer = await under.newBuyer();
    const id = await buyer.book(seats(NAMES.length), { confirm: true });
    const asked = await under.ask({ label: '=Sum, "all"', kind: 'long_text' });
    const number = await under.ask({ label: 'How many', kind: 'number' });
    const tickets = NAMES.map((name, index) => ({ number: index + 1, name }));
    const answers = [
      { question_id: asked, value: '@import\n"x",1' },
      { question_id: number, value: -5 },
    ];
    assert.equal((await buyer.set(id, { booking: { answers }, tickets })).status, 200);
    const file = await under.member(under.owner, 'GET', '/attendees.csv');
    assert.equal(file.status, 200);
    assert.equal(file.text.charCodeAt(0), 0xfeff);
    const [header = [], ...rows] = parseCsv(file.text.slice(1));
    assert.deepEqual(header.slice(0, 6), ['booking', 'number', 'ticket', 'ticket type', 'name', 'email']);
    const [at, numberAt] = [header.indexOf(`'=Sum, "all"`), header.indexOf('How many')];
    const mine = rows.filter(([booking]) => booking === id);
    assert.deepEqual(
      mine.map((row) => row[4]),
      NAMES.map((name) => (name.startsWith('=') ? `'${name}` : name)),
    );
    for (const row of mine) assert.deepEqual([row[at], row[numberAt], row[3]], [`'@import\n"x",1`, '-5', 'Seat']);
    assert.equal(rows.length, (await listAll(200)).length);
    assert.equal((await actions())[0]?.['what'], 'attendees.exported');
  });

  it('comes in pages that leave out nothing', async () => {
    const buyer = await under.newBuyer();
    const ids = [await buyer.book(seats(700), { confirm: true }), await buyer.book(seats(400), { confirm: true })];
    const file = await under.member(under.owner, 'GET', '/attendees.csv');
    const rows = parseCsv(file.text.slice(1)).slice(1);
    const tickets = new Set(rows.map((row) => row[2]));
    assert.equal(tickets.size, rows.length);
    assert.deepEqual(
      ids.map((id) => rows.filter(([booking]) => booking === id).length),
      [700, 400],
    );
  });
});

/** Rows of cells (RFC 4180). */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
