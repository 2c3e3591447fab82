import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { freshKey } from '../../../../../../../test/system/contract/buyer.ts';
import { openHouses, type Houses, type Someone } from '../../../../../../../test/system/houses.ts';
import { newBuyerToken } from '../../../../../../../test/system/policies/callers.ts';
import { idOf } from '../../../../../../../test/system/policies/scene.ts';
import { parseCellId, parseId } from '../../../../platform/ids/index.ts';

export type Json = Record<string, unknown>;
export type Answered = { status: number; body: Json; text: string };

/** An organization with an event on sale of two free ticket types, and what buyers and members do there. */
export type AttendeesUnderTest = {
  houses: Houses;
  owner: Someone;
  organization: string;
  eventId: string;
  seat: string;
  standing: string;
  /** Another event on sale, with a free ticket type. */
  newEvent(): Promise<{ eventId: string; type: string }>;
  ask(body: object, eventId?: string): Promise<string>;
  archive(questionId: string): Promise<void>;
  newBuyer(): Promise<TestBuyer>;
  /** Whoever shows this token. */
  as(token: string): TestBuyer;
  /** As a member, below the path of the event. */
  member(by: Someone, method: 'GET' | 'PATCH', path: string, body?: object): Promise<Answered>;
  close(): Promise<void>;
};

export type Lines = readonly { ticket_type_id: string; quantity: number }[];

export type TestBuyer = {
  token: string;
  /** The id of a new booking. */
  book(lines: Lines, options?: { confirm?: boolean; eventId?: string }): Promise<string>;
  read(bookingId: string): Promise<Answered>;
  set(bookingId: string, body: object): Promise<Answered>;
  act(bookingId: string, action: string): Promise<Answered>;
  post(path: string, body: object, key?: string): Promise<Answered>;
};

const planned = {
  ...{ venue: { name: 'Hall', city: 'Vienna' }, time_zone: 'Europe/Vienna', currency: 'EUR' },
  ...{ starts_at: '2099-05-01T18:00:00Z', ends_at: '2099-05-01T21:00:00Z', sale: { state: 'on_sale', booking_max: 1000 } },
};

export async function openAttendees(): Promise<AttendeesUnderTest> {
  const houses = await openHouses();
  const owner = await houses.newPerson();
  const organization = await houses.found(owner);
  const make = (path: string, body: object) => idOf(houses.send(owner, 'POST', `/organizations/${organization}/events${path}`, body));
  const newType = (eventId: string, name: string) =>
    make(`/${eventId}/ticket-types`, { name, price_minor: 0, capacity: 10_000, booking_max: 1000 });
  const newEvent = async () => {
    const eventId = await make('', { ...planned, title: 'An evening' });
    return { eventId, type: await newType(eventId, 'Seat') };
  };
  const { eventId, type: seat } = await newEvent();
  return {
    ...{ houses, owner, organization, eventId, seat, newEvent },
    standing: await newType(eventId, 'Standing'),
    ask: (body, at = eventId) => make(`/${at}/questions`, { label: 'What?', kind: 'text', ...body }),
    archive: async (questionId) => {
      const answer = await houses.send(owner, 'DELETE', `/organizations/${organization}/events/${eventId}/questions/${questionId}`);
      assert.equal(answer.statusCode, 204, answer.body);
    },
    as: (token) => buildBuyer(houses, { token, eventId }),
    newBuyer: async () => buildBuyer(houses, { token: await newBuyerToken(houses), eventId }),
    member: async (by, method, path, body) =>
      answered(await houses.send(by, method, `/organizations/${organization}/events/${eventId}${path}`, body)),
    close: () => houses.close(),
  };
}

function buildBuyer({ server }: Houses, { token, eventId: usual }: { token: string; eventId: string }): TestBuyer {
  const send = async (method: 'GET' | 'POST' | 'PUT', path: string, body?: object, key = freshKey()) => {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': key };
    return answered(await server.inject({ method, url: `/api/v1${path}`, headers, ...(body && { payload: body }) }));
  };
  return {
    token,
    book: async (lines, { confirm = false, eventId = usual } = {}) => {
      const { status, body, text } = await send('POST', '/bookings', { event_id: eventId, lines, confirm });
      assert.equal(status, 201, text);
      return String(body['id']);
    },
    read: (bookingId) => send('GET', `/bookings/${bookingId}/attendees`),
    set: (bookingId, body) => send('PUT', `/bookings/${bookingId}/attendees`, body),
    act: (bookingId, action) => send('POST', `/bookings/${bookingId}/${action}`),
    post: (path, body, key) => send('POST', path, body, key),
  };
}

function answered({ statusCode: status, body: text, headers }: LightMyRequestResponse): Answered {
  const isJson = String(headers['content-type']).includes('json');
  return { status, text, body: isJson ? (JSON.parse(text) as Json) : {} };
}

/** The fields that a refusal names. */
export function fieldsOf({ body }: Answered): string[] {
  return ((body['errors'] ?? []) as { field: string }[]).map(({ field }) => field);
}

export function bookingOf(bookingId: string): { eventId: string; id: string } {
  return parseCellId('bkg', bookingId) ?? assert.fail(bookingId);
}

export function eventOf(eventId: string): string {
  return parseId('evt', eventId) ?? assert.fail(eventId);
}

/** Passes a ticket on to another buyer, as the holder's transfer does. */
export async function passOn({ db }: Houses, { bookingId, number, to }: { bookingId: string; number: number; to: string }): Promise<void> {
  const { eventId, id } = bookingOf(bookingId);
  const rows = await db.query(
    `update tickets.tickets set booked_by = coalesce(booked_by, buyer_key), issue = issue + 1,
       buyer_key = (select buyer_key from sales.bookings where event_id = $1 and id = $4)
     where event_id = $1 and booking_id = $2 and number = $3 returning 1`,
    [eventId, id, number, bookingOf(to).id],
  );
  assert.equal(rows.length, 1);
}

/** Gives a ticket back, as a refund does. */
export async function giveBack({ db }: Houses, { bookingId, number }: { bookingId: string; number: number }): Promise<void> {
  const { eventId, id } = bookingOf(bookingId);
  await db.query(
    `update tickets.tickets set state = 'revoked', revoked_at = now(), revoked_reason = 'refund'
     where event_id = $1 and booking_id = $2 and number = $3`,
    [eventId, id, number],
  );
}

/** Names of people, in the scripts of the world. */
export const NAMES = [
  ...['Åse Čapková-Łoś', 'Ñandú Ỳ̈', 'Ελένη Παπαδοπούλου', 'Наталья Щукина', 'שָׁלוֹם כהן', 'محمد بن زايد', 'می‌خواهم', 'कमला देवी', 'ไพลิน ศรีสุข'],
  ...[
    '王小明',
    'ひなの',
    '김민준',
    'ʻOkina',
    '𠮷野家',
    'Nguyễn Thị Ánh',
    'დავითი',
    'Հայկ',
    '👩‍👩‍👧 & Co',
    'O\'Brien "Bob"',
    "Robert'); drop table --",
    '<b>Eve</b>',
    '=1+1',
  ],
];
