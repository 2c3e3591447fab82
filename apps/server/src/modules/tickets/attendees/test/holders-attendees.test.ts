import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bookingOf, fieldsOf, giveBack, openAttendees, passOn, type AttendeesUnderTest, type Json } from './support.ts';

let under: AttendeesUnderTest;
before(async () => {
  under = await openAttendees();
});
after(() => under.close());

const seats = (quantity: number) => [{ ticket_type_id: under.seat, quantity }];
const ticketsOf = (body: Json) => body['tickets'] as { number: number; name: string | null }[];
const namesOf = (body: Json) => ticketsOf(body).map(({ name }) => name);

describe('tickets that were passed on', () => {
  it('are told of by who holds them, and no more by who booked them', async () => {
    const [booker, guest] = [await under.newBuyer(), await under.newBuyer()];
    const id = await booker.book(seats(2), { confirm: true });
    await booker.set(id, {
      booking: { answers: [] },
      tickets: [
        { number: 1, name: 'Ada' },
        { number: 2, name: 'Secret friend' },
      ],
    });
    await passOn(under.houses, { bookingId: id, number: 2, to: await guest.book(seats(1)) });
    const seen = await guest.read(id);
    assert.deepEqual([seen.status, seen.body['booking'], namesOf(seen.body)], [200, null, [null]]);
    assert.equal(seen.text.includes('Secret friend'), false);
    assert.deepEqual(fieldsOf(await guest.set(id, { tickets: [{ number: 1, name: 'Eve' }] })), ['/tickets/0/number']);
    assert.deepEqual(fieldsOf(await guest.set(id, { booking: { answers: [] } })), ['/booking']);
    assert.deepEqual(namesOf((await guest.set(id, { tickets: [{ number: 2, name: 'Grace' }] })).body), ['Grace']);
    assert.deepEqual(namesOf((await booker.read(id)).body), ['Ada']);
    assert.deepEqual(fieldsOf(await booker.set(id, { tickets: [{ number: 2, name: 'Mine again' }] })), ['/tickets/0/number']);
  });

  it('forget who was to come, when somebody takes them over', async () => {
    const [booker, guest] = [await under.newBuyer(), await under.newBuyer()];
    const id = await booker.book(seats(1), { confirm: true });
    await booker.set(id, { tickets: [{ number: 1, name: 'Ada' }] });
    const offered = await booker.post(`/tickets/tkt_${id.slice(4)}001/transfer`, {});
    assert.equal(offered.status, 201, offered.text);
    const accepted = await guest.post('/ticket-transfers/accept', { token: offered.body['token'] });
    assert.equal(accepted.status, 201, accepted.text);
    const rows = await under.houses.db.query('select 1 from tickets.attendees where booking_id = $1', [bookingOf(id).id]);
    assert.deepEqual([rows.length, namesOf((await guest.read(id)).body), namesOf((await booker.read(id)).body)], [0, [null], []]);
  });

  it('of all buyers that an account has claimed are told of by the account, each under its own key', async () => {
    const { houses } = under;
    const [booker, guest, person] = [await under.newBuyer(), await under.newBuyer(), await houses.newPerson()];
    const [id, own] = [await booker.book(seats(3), { confirm: true }), await guest.book(seats(1), { confirm: true })];
    await passOn(houses, { bookingId: id, number: 2, to: own });
    const asPerson = under.as(person.access_token);
    assert.equal((await asPerson.read(id)).status, 404, 'nothing is claimed yet');
    for (const { token } of [booker, guest]) {
      const claimed = await houses.send(person, 'POST', '/users/me/buyer-sessions', { token });
      assert.equal(claimed.statusCode, 201, claimed.body);
    }
    const named = await asPerson.set(id, { tickets: [1, 2, 3].map((number) => ({ number, name: `Guest ${number}` })) });
    assert.deepEqual([named.status, namesOf(named.body)], [200, ['Guest 1', 'Guest 2', 'Guest 3']], named.text);
    assert.deepEqual(namesOf((await booker.read(id)).body), ['Guest 1', 'Guest 3']);
    assert.deepEqual(namesOf((await guest.read(id)).body), ['Guest 2']);
  });

  it('what was given back is nobody’s', async () => {
    const buyer = await under.newBuyer();
    const id = await buyer.book(seats(2), { confirm: true });
    await giveBack(under.houses, { bookingId: id, number: 1 });
    assert.deepEqual(
      ticketsOf((await buyer.read(id)).body).map(({ number }) => number),
      [2],
    );
    assert.deepEqual(fieldsOf(await buyer.set(id, { tickets: [{ number: 1, name: 'Ada' }] })), ['/tickets/0/number']);
  });

  it('a row is there for each that was told of, and no other', async () => {
    const buyer = await under.newBuyer();
    const id = await buyer.book(seats(3));
    await buyer.set(id, { tickets: [{ number: 3, name: 'Ada' }] });
    const rows = await under.houses.db.query('select number from tickets.attendees where booking_id = $1', [bookingOf(id).id]);
    assert.deepEqual(rows, [{ number: 3 }]);
  });
});
