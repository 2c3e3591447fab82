import { formatCellId, formatTicketId } from '../../../../platform/ids/index.ts';
import { readQuestions, readTicketTypeWords, type Answer, type QuestionRecord } from '../../../catalog/index.ts';
import type { AttendeesContext } from '../context.ts';
import { listAttendees, type ListedAttendee } from '../list-attendees.ts';
import { CSV_BOM, formatRow, type Cell } from './format-csv.ts';

/** Some hundred kilobytes: what a reader who stops reading makes wait in memory. */
const PAGE = 500;

const HEADINGS = ['booking', 'number', 'ticket', 'ticket type', 'name', 'email'] as const;

/**
 * The attendees of an event as pieces of a CSV file. The first piece is there when this resolves, so that what fails at once is
 * a problem and no broken file; each of the others is read when it is wanted, in no transaction.
 */
export async function exportAttendees(attendees: AttendeesContext, eventId: string): Promise<AsyncIterable<string>> {
  const questions = await readQuestions(attendees.db, eventId, { archived: true });
  const types = await readTicketTypeWords(attendees.db, eventId);
  const toRow = (one: ListedAttendee) => formatRow(cellsOf(one, { eventId, questions, typeName: types.get(one.ticketTypeId)?.name ?? '' }));
  const first = await listAttendees(attendees, { eventId, after: null, limit: PAGE });

  async function* pieces(): AsyncGenerator<string> {
    yield CSV_BOM + formatRow([...HEADINGS, ...questions.map(({ label }) => label)]) + first.map(toRow).join('');
    for (let page = first; page.length === PAGE; ) {
      page = await listAttendees(attendees, { eventId, after: page.at(-1) ?? null, limit: PAGE });
      yield page.map(toRow).join('');
    }
  }
  return pieces();
}

type Columns = { eventId: string; questions: readonly QuestionRecord[]; typeName: string };

function cellsOf(one: ListedAttendee, { eventId, questions, typeName }: Columns): Cell[] {
  const { bookingId, number, name, email } = one;
  const answers = new Map([...one.bookingAnswers, ...one.answers].map(({ questionId, value }) => [questionId, value]));
  const ids = [formatCellId('bkg', eventId, bookingId), number, formatTicketId({ eventId, bookingId, number })];
  return [...ids, typeName, name, email, ...questions.map(({ id }) => cellOf(answers.get(id)))];
}

function cellOf(value: Answer['value'] | undefined): Cell {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join('; ') : value;
}
