import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { renderCalendar, type CalendarEvent } from '../index.ts';
import { cleanText } from '../text/clean-text.ts';
import { sampleEvent } from './samples.ts';

function parse(event: CalendarEvent): { method: unknown; entries: ICAL.Event[] } {
  const calendar = new ICAL.Component(ICAL.parse(renderCalendar(event)));
  const entries = calendar.getAllSubcomponents('vevent').map((entry) => new ICAL.Event(entry));
  return { method: calendar.getFirstPropertyValue('method'), entries };
}

test('an event is an entry with its words and times', () => {
  const event = sampleEvent({
    title: 'Jazz; Blues, and \\ more',
    description: 'Doors at seven.\nBring; friends, all "of" them.',
    onlineUrl: 'https://stream.example/live',
    url: 'https://tessera.example/events/1',
    organizer: { name: 'The "Old" Mint; Berlin', email: 'hello@mint.example' },
  });
  const { method, entries } = parse(event);
  const [entry] = entries;
  assert.ok(entry !== undefined && entries.length === 1);
  assert.equal(method, 'PUBLISH');
  assert.equal(entry.uid, 'evt_01kjw8x9v3e8aa7m2zq5r4t6yb@tessera');
  assert.equal(entry.summary, event.title);
  assert.equal(entry.location, 'Alte Münze, Saal 2, Molkenmarkt 2');
  assert.equal(entry.description, 'Doors at seven.\nBring; friends, all "of" them.\nhttps://stream.example/live');
  assert.equal(entry.startDate.toJSDate().getTime(), event.times[0]?.startsAtMs);
  assert.equal(entry.endDate.toJSDate().getTime(), event.times[0]?.endsAtMs);
  assert.equal(entry.component.getFirstPropertyValue('url'), event.url);
  assert.equal(entry.component.getFirstPropertyValue('status'), 'CONFIRMED');
  assert.equal(entry.component.getFirstPropertyValue('organizer'), 'mailto:hello@mint.example');
  assert.equal(entry.component.getFirstProperty('organizer')?.getParameter('cn'), 'The ’Old’ Mint; Berlin');
});

test('several days are several entries, which keep their names when they move', () => {
  const day = 86_400_000;
  const times = [0, 1, 2].map((index) => ({
    startsAtMs: Date.UTC(2026, 5, 1, 10) + index * day,
    endsAtMs: Date.UTC(2026, 5, 1, 18) + index * day,
  }));
  const before = parse(sampleEvent({ times })).entries;
  const moved = times.map(({ startsAtMs, endsAtMs }) => ({ startsAtMs: startsAtMs + 3_600_000, endsAtMs: endsAtMs + 3_600_000 }));
  const after = parse(sampleEvent({ times: moved, sequence: 1 })).entries;
  assert.equal(new Set(before.map(({ uid }) => uid)).size, 3);
  assert.deepEqual(
    after.map(({ uid }) => uid),
    before.map(({ uid }) => uid),
  );
  assert.deepEqual(
    after.map(({ sequence }) => sequence),
    [1, 1, 1],
  );
  assert.deepEqual(
    after.map(({ startDate }) => startDate.toJSDate().getTime()),
    moved.map(({ startsAtMs }) => startsAtMs),
  );
});

test('a cancelled event takes its entry back', () => {
  const { method, entries } = parse(sampleEvent({ status: 'cancelled', sequence: 4 }));
  assert.equal(method, 'CANCEL');
  assert.equal(entries[0]?.component.getFirstPropertyValue('status'), 'CANCELLED');
  assert.equal(entries[0]?.sequence, 4);
});

test('the same event is the same text', () => {
  assert.equal(renderCalendar(sampleEvent()), renderCalendar(sampleEvent()));
});

test('no line is longer than 75 octets, and no words become properties', () => {
  const words = fc.string({ unit: 'binary', maxLength: 200 });
  fc.assert(
    fc.property(words, words, words, (title, place, other) => {
      const event = sampleEvent({
        title,
        placeLines: [place, other],
        description: other,
        onlineUrl: other,
        url: `https://x.example/${place}\r\nATTENDEE:mailto:x@y`,
        organizer: { name: title, email: `a@b.example\r\nX-EVIL:1${place}` },
      });
      const text = renderCalendar(event);
      for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/, 'lines end with both');
      assert.doesNotMatch(text, /^(ATTENDEE|X-EVIL)/m);
      const [entry] = parse(event).entries;
      assert.equal(entry?.summary ?? '', cleanText(title, 200));
      assert.equal(entry?.sequence, 0);
    }),
  );
});
