import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventOf, fieldsOf, NAMES, openAttendees, type AttendeesUnderTest, type Json } from './support.ts';

let under: AttendeesUnderTest;
before(async () => {
  under = await openAttendees();
});
after(() => under.close());

const seats = (quantity: number) => [{ ticket_type_id: under.seat, quantity }];
const ticketsOf = (body: Json) => body['tickets'] as { number: number; name: string | null; email: string | null; answers: Json[] }[];
const namesOf = (body: Json) => ticketsOf(body).map(({ name }) => name);

describe('attendees of a booking', () => {
  it('are told and read, each ticket by itself', async () => {
    const buyer = await under.newBuyer();
    const id = await buyer.book([...seats(2), { ticket_type_id: under.standing, quantity: 1 }]);
    const first = await buyer.read(id);
    assert.deepEqual([first.status, first.body['is_open'], first.body['booking']], [200, true, { answers: [] }]);
    const typeIds = ticketsOf(first.body).map((ticket) => (ticket as unknown as Json)['ticket_type_id']);
    // The lines of a booking stand in the order of the ids of their types.
    const inOrder = under.seat < under.standing ? [under.seat, under.seat, under.standing] : [under.standing, under.seat, under.seat];
    assert.deepEqual(typeIds, inOrder);
    const said = { number: 2, name: 'Ada', email: 'Ada@EXAMPLE.org', answers: [] };
    const written = await buyer.set(id, { tickets: [said] });
    assert.equal(written.status, 200, written.text);
    assert.deepEqual(ticketsOf(written.body)[1], { ...said, email: 'Ada@example.org', ticket_type_id: inOrder[1] });
    await buyer.set(id, { tickets: [{ number: 1, name: 'Grace' }] });
    assert.deepEqual(namesOf((await buyer.read(id)).body), ['Grace', 'Ada', null]);
    await buyer.set(id, { tickets: [{ number: 2, email: null }] });
    assert.deepEqual(ticketsOf((await buyer.read(id)).body)[1], {
      number: 2,
      ticket_type_id: inOrder[1],
      name: null,
      email: null,
      answers: [],
    });
  });

  it('have names of every script', async () => {
    const buyer = await under.newBuyer();
    const names = [...NAMES, '𠮷'.repeat(200)];
    const id = await buyer.book(seats(names.length));
    const answer = await buyer.set(id, { tickets: names.map((name, index) => ({ number: index + 1, name })) });
    assert.deepEqual(namesOf(answer.body), names);
    assert.deepEqual(namesOf((await buyer.read(id)).body), names);
  });

  it('have no names with control characters, half characters, nothing in them or too much', async () => {
    const buyer = await under.newBuyer();
    const id = await buyer.book(seats(1));
    for (const name of [
      '',
      ' ',
      '\u3000',
      'a\nb',
      'a\0',
      '\u0085',
      'a\u001b[31m',
      '\ud83d',
      'x\udc00y',
      'a'.repeat(201),
      '𠮷'.repeat(201),
      7,
      ['Ada'],
    ]) {
      const answer = await buyer.set(id, { tickets: [{ number: 1, name }] });
      assert.deepEqual([answer.status, fieldsOf(answer)], [400, ['/tickets/0/name']], JSON.stringify(name));
    }
    for (const email of ['', 'ada', '@example.org', 'a b@example.org', 'a@b\r\nBcc: c@d.org', `${'a'.repeat(65)}@example.org`, 'a@']) {
      const answer = await buyer.set(id, { tickets: [{ number: 1, email }] });
      assert.deepEqual([answer.status, fieldsOf(answer)], [400, ['/tickets/0/email']], email);
    }
    assert.deepEqual(namesOf((await buyer.read(id)).body), [null]);
  });

  it('are of tickets that are there, each named once', async () => {
    const buyer = await under.newBuyer();
    const id = await buyer.book(seats(2));
    const named = async (...numbers: number[]) =>
      fieldsOf(await buyer.set(id, { tickets: numbers.map((number) => ({ number, name: 'Ada' })) }));
    assert.deepEqual(await named(3), ['/tickets/0/number']);
    assert.deepEqual(await named(0), ['/tickets/0/number']);
    assert.deepEqual(await named(1, 2, 1), ['/tickets/2/number']);
    assert.deepEqual(namesOf((await buyer.read(id)).body), [null, null], 'all of it or nothing');
  });

  it('are nobody else’s: to strangers the booking is not there', async () => {
    const id = await (await under.newBuyer()).book(seats(1));
    const stranger = await under.newBuyer();
    for (const answer of [
      await stranger.read(id),
      await stranger.set(id, { tickets: [{ number: 1, name: 'Eve' }] }),
      await stranger.read('bkg_x'),
    ])
      assert.deepEqual([answer.status, answer.body['code']], [404, 'NOT_FOUND']);
  });

  it('can be changed while the booking stands, until the event begins', async () => {
    const buyer = await under.newBuyer();
    const [released, confirmed] = [await buyer.book(seats(1)), await buyer.book(seats(1), { confirm: true })];
    await buyer.act(released, 'release');
    const set = (id: string) => buyer.set(id, { tickets: [{ number: 1, name: 'Ada' }] });
    const refused = await set(released);
    assert.deepEqual([refused.status, refused.body['code'], refused.body['reason']], [409, 'ATTENDEES_CLOSED', 'booking_state']);
    assert.equal((await buyer.read(released)).body['is_open'], false);
    assert.equal((await set(confirmed)).status, 200);
    const other = await under.newEvent();
    const late = await buyer.book([{ ticket_type_id: other.type, quantity: 1 }], { eventId: other.eventId });
    await under.houses.db.query(`update catalog.events set starts_at = now() - interval '1 second' where event_id = $1`, [
      eventOf(other.eventId),
    ]);
    const tooLate = await set(late);
    assert.deepEqual([tooLate.status, tooLate.body['reason']], [409, 'event_begun']);
    assert.equal((await buyer.read(late)).status, 200, 'it can be read all the same');
  });

  it('are written one after the other: nothing of either is lost', async () => {
    const buyer = await under.newBuyer();
    const id = await buyer.book(seats(8));
    const names = Array.from({ length: 8 }, (_, index) => `Guest ${index + 1}`);
    await Promise.all(names.map((name, index) => buyer.set(id, { tickets: [{ number: index + 1, name }] })));
    assert.deepEqual(namesOf((await buyer.read(id)).body), names);
  });
});

describe('answers', () => {
  it('are held against the questions: what is wrong is named by field, and required ones may come later', async () => {
    const { eventId, type } = await under.newEvent();
    const meal = await under.ask(
      { label: 'Meal', kind: 'choice', options: ['Fish', 'Beans'], required: true, asked_per: 'ticket' },
      eventId,
    );
    const from = await under.ask({ label: 'From', kind: 'country', required: true }, eventId);
    const foreign = await under.ask({ label: 'Elsewhere' });
    const buyer = await under.newBuyer();
    const id = await buyer.book([{ ticket_type_id: type, quantity: 2 }], { eventId });
    const answer = (question_id: string, value: unknown) => ({ question_id, value });
    assert.deepEqual((await buyer.read(id)).body['missing'], [
      { number: 0, question_id: from },
      { number: 1, question_id: meal },
      { number: 2, question_id: meal },
    ]);
    const wrong = await buyer.set(id, {
      booking: { answers: [answer(from, 'Austria'), answer(meal, 'Fish')] },
      tickets: [{ number: 2, answers: [answer(meal, 'Meat')] }],
    });
    assert.deepEqual([wrong.status, fieldsOf(wrong)], [400, ['/booking/answers/0', '/booking/answers/1', '/tickets/0/answers/0']]);
    const strange = await buyer.set(id, { booking: { answers: [answer(foreign, 'x')] } });
    assert.deepEqual(fieldsOf(strange), ['/booking/answers/0/question_id']);
    for (const value of [null, {}, [1], 'x'.repeat(5_001)]) {
      const shapeless = await buyer.set(id, { booking: { answers: [answer(from, value)] } });
      assert.match(fieldsOf(shapeless)[0] ?? '', /^\/booking\/answers\/0\/value/, JSON.stringify(value));
    }
    const right = await buyer.set(id, {
      booking: { answers: [answer(from, 'AT')] },
      tickets: [{ number: 2, answers: [answer(meal, 'Fish')] }],
    });
    assert.equal(right.status, 200, right.text);
    assert.deepEqual(
      [right.body['booking'], right.body['missing']],
      [{ answers: [answer(from, 'AT')] }, [{ number: 1, question_id: meal }]],
    );
  });

  it('to what is asked no more stay, unshown, and cannot be given', async () => {
    const [old, present] = [await under.ask({ label: 'Old' }), await under.ask({ label: 'Present' })];
    const buyer = await under.newBuyer();
    const id = await buyer.book(seats(1), { confirm: true });
    const set = (...ids: string[]) => buyer.set(id, { booking: { answers: ids.map((question_id) => ({ question_id, value: 'yes' })) } });
    await set(old, present);
    await under.archive(old);
    const again = await buyer.read(id);
    assert.deepEqual(again.body['booking'], { answers: [{ question_id: present, value: 'yes' }] });
    assert.equal((await set(old)).status, 400);
    // What was read is sent back as it is.
    assert.equal((await buyer.set(id, { booking: again.body['booking'] as object })).status, 200);
    const { body } = await under.member(under.owner, 'GET', '/attendees?limit=200');
    const listed = (body['data'] as Json[]).find((one) => one['booking_id'] === id);
    assert.deepEqual(new Set(((listed?.['booking_answers'] ?? []) as Json[]).map((one) => one['question_id'])), new Set([old, present]));
    await under.archive(present);
  });
});
