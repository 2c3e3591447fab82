import type { FieldError } from '@tessera/contract';
import { invariant } from '../../../platform/invariant.ts';
import { checkAnswers, keepEvent, type Answer } from '../../catalog/index.ts';
import { NOTHING_SAID, sealSaid, type Said } from './attendee-vault.ts';
import type { AttendeesContext } from './context.ts';
import { lockAttendees, readAttendees, upsertAttendees, type AttendeeRow } from './queries/attendees.ts';
import {
  askedNow,
  readSheet,
  respondentOf,
  speakerFor,
  viewSheet,
  wordsOf,
  type AttendeesView,
  type Keys,
  type OwnBooking,
  type Sheet,
} from './read-attendees.ts';

/** What is said anew of a number, and where it stands in the request. */
export type Saying = Said & { number: number; pointer: string };

export type WriteOutcome =
  | { kind: 'written'; view: AttendeesView }
  | { kind: 'unknown_booking' }
  | { kind: 'closed'; by: 'state' | 'start'; state: string }
  | { kind: 'invalid'; errors: FieldError[] };

/** Nobody reads more of them at once. */
const ERRORS_MAX = 20;

/**
 * Writes what a buyer says of a booking, all of it or nothing. Required answers may be missing: they are asked for when the
 * booking is paid. Of numbers that are not named nothing changes.
 */
export async function writeAttendees(attendees: AttendeesContext, of: OwnBooking, sayings: readonly Saying[]): Promise<WriteOutcome> {
  const sheet = await readSheet(attendees, of);
  if (!sheet) return { kind: 'unknown_booking' };
  if (sheet.closedBy) return { kind: 'closed', by: sheet.closedBy, state: sheet.booking.state };
  const errors = findErrors(sheet, sayings);
  if (errors.length > 0) return { kind: 'invalid', errors: errors.slice(0, ERRORS_MAX) };
  if (!(await write(attendees, sheet, sayings))) return { kind: 'unknown_booking' };
  return { kind: 'written', view: await viewSheet(attendees, sheet) };
}

function findErrors(sheet: Sheet, sayings: readonly Saying[]): FieldError[] {
  const inReach = new Set([...(sheet.isBooker ? [0] : []), ...sheet.tickets.map(({ number }) => number)]);
  const named = new Set<number>();
  return sayings.flatMap(({ number, pointer, answers }) => {
    const isKnown = inReach.has(number);
    if (!isKnown && number === 0) return [{ field: pointer, detail: 'is for who made the booking' }];
    if (!isKnown) return [{ field: `${pointer}/number`, detail: 'must be of a valid ticket of this booking that is yours' }];
    if (named.has(number)) return [{ field: `${pointer}/number`, detail: 'must not be named twice' }];
    named.add(number);
    const { problems } = checkAnswers({ questions: sheet.questions, respondent: respondentOf(sheet, number), answers });
    return problems.map(({ index, detail }) => ({ field: `${pointer}/answers/${index}`, detail }));
  });
}

/** False if the event is gone meanwhile, as only test events ever are. */
async function write({ db, clock, personalKeys }: AttendeesContext, sheet: Sheet, sayings: readonly Saying[]): Promise<boolean> {
  const { of } = sheet;
  const spoken = sayings.map((saying) => ({ ...saying, buyerKey: requireSpeaker(sheet, saying.number) }));
  // In a home of their own: made before what is sealed under them, and never in the same transaction.
  const keys = await ensureKeys(personalKeys, new Set(spoken.map(({ buyerKey }) => buyerKey)));
  const changedAt = new Date(clock.nowMs());
  return db.transaction(async (tx) => {
    if (!(await keepEvent(tx, of.eventId))) return false;
    await lockAttendees(tx, of);
    const before = wordsOf(sheet, await readAttendees(tx, of), keys);
    const rows = spoken.map(({ number, buyerKey, name, email, answers }): AttendeeRow => {
      const kept = answersKept(sheet, number, before.get(number)?.answers ?? NOTHING_SAID.answers);
      const key = keys.get(buyerKey);
      invariant(key, 'whoever speaks has a key');
      return { number, buyerKey, ...sealSaid(key, { ...of, number, buyerKey }, { name, email, answers: [...answers, ...kept] }) };
    });
    await upsertAttendees(tx, { ...of, rows, changedAt });
    return true;
  });
}

function requireSpeaker(sheet: Sheet, number: number): string {
  const buyerKey = speakerFor(sheet, number);
  invariant(buyerKey !== undefined, 'only what is in reach is written');
  return buyerKey;
}

async function ensureKeys(personalKeys: AttendeesContext['personalKeys'], buyerKeys: ReadonlySet<string>): Promise<Keys> {
  const keys = new Map<string, Buffer>();
  for (const buyerKey of buyerKeys) keys.set(buyerKey, await personalKeys.ensure(buyerKey));
  return keys;
}

/** What was answered while it was asked stays: nobody can answer it again. */
function answersKept(sheet: Sheet, number: number, before: readonly Answer[]): Answer[] {
  const asked = new Set(askedNow(sheet, number, before).map(({ questionId }) => questionId));
  return before.filter(({ questionId }) => !asked.has(questionId));
}
