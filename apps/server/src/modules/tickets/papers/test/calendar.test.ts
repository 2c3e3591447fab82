import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ICAL from 'ical.js';
import { openShop, type Show, type Shop } from './support.ts';

let shop: Shop;
before(async () => {
  shop = await openShop();
});
after(() => shop.close());

type Entry = {
  uid: string;
  sequence: number;
  status: unknown;
  title: string;
  place: string;
  description: string;
  startsAt: string;
  url: unknown;
};

async function entriesOf(path: string, token: string | null = null): Promise<Entry[]> {
  const answer = await shop.fetch(path, token);
  assert.equal(answer.status, 200, path);
  assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="event\.ics"; filename\*=UTF-8''Nachtmusik/);
  assert.equal(answer.headers.get('cache-control'), token === null ? 'public, max-age=60' : 'private, no-store');
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()));
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    return {
      ...{ uid: event.uid, sequence: event.sequence, title: event.summary, place: event.location, description: event.description },
      startsAt: event.startDate.toJSDate().toISOString(),
      status: component.getFirstPropertyValue('status'),
      url: component.getFirstPropertyValue('url'),
    };
  });
}

const publicPath = ({ eventId }: Show): string => `/events/${eventId}/calendar.ics`;

test('a public event is an entry that follows its moves and says when it is cancelled', async () => {
  const show = await shop.newShow();
  const [first] = await entriesOf(publicPath(show));
  assert.deepEqual(first, {
    ...{ uid: `${show.eventId}@tessera`, sequence: 0, status: 'CONFIRMED', title: 'Nachtmusik am Fluß – 夜の音楽' },
    ...{ place: 'Alte Münze, Saal 2, Berlin', description: 'Water and strings.', startsAt: '2099-12-12T19:00:00.000Z' },
    url: `https://tickets.example/events/${show.eventId}`,
  });
  const later = { starts_at: '2099-12-13T19:00:00Z', ends_at: '2099-12-13T22:00:00Z', move_reason: 'The river froze.' };
  await shop.organize('PATCH', `/events/${show.eventId}`, later);
  const [moved] = await entriesOf(publicPath(show));
  assert.deepEqual([moved?.uid, moved?.sequence, moved?.startsAt], [first?.uid, 1, '2099-12-13T19:00:00.000Z']);
  await shop.organize('PATCH', `/events/${show.eventId}/sale`, { state: 'cancelled', reason: 'The river is gone.' });
  const [cancelled] = await entriesOf(publicPath(show));
  assert.deepEqual([cancelled?.uid, cancelled?.sequence, cancelled?.status], [first?.uid, 2, 'CANCELLED']);
});

test('each day is an entry', async () => {
  const show = await shop.newShow({ ends_at: '2099-12-14T22:00:00Z' });
  const days = [12, 13, 14].map((day) => ({
    title: `Day ${day}`,
    starts_at: `2099-12-${day}T19:00:00Z`,
    ends_at: `2099-12-${day}T21:00:00Z`,
  }));
  await shop.organize('PATCH', `/events/${show.eventId}`, { days });
  const entries = await entriesOf(publicPath(show));
  assert.deepEqual(
    entries.map(({ startsAt }) => startsAt),
    ['2099-12-12T19:00:00.000Z', '2099-12-13T19:00:00.000Z', '2099-12-14T19:00:00.000Z'],
  );
  assert.equal(new Set(entries.map(({ uid }) => uid)).size, 3);
});

test('what is not public is not there, and where to join is told to who holds tickets alone', async () => {
  const draft = await shop.newShow({ sale: { state: 'draft' } });
  for (const id of [draft.eventId, 'evt_unknown']) assert.equal((await shop.fetch(`/events/${id}/calendar.ics`)).status, 404);
  const show = await shop.newShow({}, [{ name: 'Free', price_minor: 0, capacity: 10 }]);
  await shop.organize('PATCH', `/events/${show.eventId}`, {
    place: 'both',
    online_url: 'https://stream.example/a-secret',
    move_reason: 'Also online.',
  });
  const buyer = await shop.newBuyer();
  const bookingId = await shop.hold(buyer, show, [1], { confirm: true });
  const [everybodys] = await entriesOf(publicPath(show));
  assert.ok(!JSON.stringify(everybodys).includes('a-secret'));
  const [own] = await entriesOf(`/bookings/${bookingId}/calendar.ics`, buyer);
  assert.deepEqual([own?.uid, own?.sequence], [everybodys?.uid, everybodys?.sequence], 'it is the same entry');
  assert.ok(own?.description.includes('https://stream.example/a-secret'));
  assert.match(own?.description ?? '', /Booking \w{4}-\w{4}/);
});
