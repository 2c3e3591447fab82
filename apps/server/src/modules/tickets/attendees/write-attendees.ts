import type { FieldError } from '@tessera/contract';
import { checkAnswers, type Answer } from '../../catalog/index.ts';
import { NOTHING_SAID, sealSaid, type Said } from './attendee-vault.ts';
import type { AttendeesContext } from './context.ts';
import { lockAttendees, readAttendees, upsertAttendees, type AttendeeRow } from './queries/attendees.ts';
import {
  askedNow,
  ownWords,
  readSheet,
  respondentOf,
  viewSheet,
  type AttendeesView,
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
  await write(attendees, sheet, sayings);
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

async function write({ db, clock, personalKeys }: AttendeesContext, sheet: Sheet, sayings: readonly Saying[]): Promise<void> {
  const { of } = sheet;
  // In a home of its own: made before what is sealed under it, and never in the same transaction.
  const key = await personalKeys.ensure(of.buyerKey);
  const changedAt = new Date(clock.nowMs());
  await db.transaction(async (tx) => {
    await lockAttendees(tx, of);
    const before = ownWords(await readAttendees(tx, of), key, of);
    const rows = sayings.map(({ number, name, email, answers }): AttendeeRow => {
      const kept = answersKept(sheet, number, before.get(number)?.answers ?? NOTHING_SAID.answers);
      const place = { ...of, number };
      return { number, buyerKey: of.buyerKey, ...sealSaid(key, place, { name, email, answers: [...answers, ...kept] }) };
    });
    await upsertAttendees(tx, { ...of, rows, changedAt });
  });
}

/** What was answered while it was asked stays: nobody can answer it again. */
function answersKept(sheet: Sheet, number: number, before: readonly Answer[]): Answer[] {
  const asked = new Set(askedNow(sheet, number, before).map(({ questionId }) => questionId));
  return before.filter(({ questionId }) => !asked.has(questionId));
}
