import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';
import type { CopyPlan } from '../copy-plan.ts';
import type { Category, EventWords, FullWords, ListedWords } from '../words.ts';
import { EVENT_COLUMNS, LISTED_COLUMNS, toDetails, toListedWords, type EventRow, type ListedRow } from './event-rows.ts';

export type NewEvent = {
  eventId: string;
  words: EventWords;
  listed: boolean;
  isTest: boolean;
  fingerprint: string;
  createdAtMs: number;
  copying: CopyPlan | null;
};

/** Inserts the words of an event; false if there is an event of that id. */
export async function insertEvent(tx: Tx, event: NewEvent): Promise<boolean> {
  const { words } = event;
  const rows = await tx.query(
    `insert into catalog.events (event_id, organization_id, title, summary, description, venue_name, venue_city,
       starts_at, ends_at, time_zone, picture, listed, is_test, fingerprint, created_at, copying)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
     on conflict (event_id) do nothing returning event_id`,
    [
      event.eventId,
      words.organizationId,
      words.title,
      words.summary,
      words.description,
      words.venueName,
      words.venueCity,
      new Date(words.startsAtMs),
      new Date(words.endsAtMs),
      words.timeZone,
      words.picture,
      event.listed,
      event.isTest,
      event.fingerprint,
      new Date(event.createdAtMs),
      event.copying && JSON.stringify(event.copying),
    ],
  );
  return rows.length === 1;
}

/** The fingerprint of the request that made an event, or null if there is none of that id. */
export async function readEventFingerprint(db: Queryable, eventId: string): Promise<string | null> {
  const rows = await db.query<{ fingerprint: string }>('select fingerprint from catalog.events where event_id = $1', [eventId]);
  return rows[0]?.fingerprint ?? null;
}

/** Null if there is no such event. */
export async function readTitle(db: Queryable, eventId: string): Promise<string | null> {
  const rows = await db.query<{ title: string }>('select title from catalog.events where event_id = $1', [eventId]);
  return rows[0]?.title ?? null;
}

/** Whose event it is. */
export type EventOwner = { organizationId: string; isTest: boolean };

export async function readEventOwner(db: Db, eventId: string): Promise<EventOwner | null> {
  const rows = await db.query<EventOwner>(
    'select organization_id as "organizationId", is_test as "isTest" from catalog.events where event_id = $1',
    [eventId],
  );
  return rows[0] ?? null;
}

/** Keeps an event from being purged until the transaction ends; false if there is no such event. Nobody else is kept waiting. */
export async function keepEvent(tx: Tx, eventId: string): Promise<boolean> {
  const rows = await tx.query('select 1 from catalog.events where event_id = $1 for key share', [eventId]);
  return rows.length === 1;
}

/** When an event begins; null if there is no such event. */
export async function readEventStart(on: Queryable, eventId: string): Promise<{ startsAtMs: number } | null> {
  const rows = await on.query<{ starts_at: Date }>('select starts_at from catalog.events where event_id = $1', [eventId]);
  return rows[0] ? { startsAtMs: rows[0].starts_at.getTime() } : null;
}

/** Lets the event into the walk over the list, for good; a test event never. */
export async function raiseListed(db: Db, eventId: string): Promise<void> {
  await db.query('update catalog.events set listed = true where event_id = $1 and not listed and not is_test', [eventId]);
}

/** `version` rises with every change of words, those of ticket types and questions included. */
export type EventRecord = {
  words: FullWords;
  isTest: boolean;
  version: number;
  createdAtMs: number;
  /** Whether it is, was or is about to become public. */
  listed: boolean;
  /** How many moves and questions there are to be read, and of how many moves the sale has heard. */
  moves: number;
  movesTold: number;
  questions: number;
};

export async function readEventRecord(db: Queryable, eventId: string): Promise<EventRecord | null> {
  return recordOf(await db.query<EventRow>(`select ${EVENT_COLUMNS} from catalog.events where event_id = $1`, [eventId]));
}

/** The words as they are until the transaction ends. */
export async function lockEventRecord(tx: Tx, eventId: string): Promise<EventRecord | null> {
  return recordOf(await tx.query<EventRow>(`select ${EVENT_COLUMNS} from catalog.events where event_id = $1 for update`, [eventId]));
}

function recordOf([row]: readonly EventRow[]): EventRecord | null {
  if (!row) return null;
  return {
    words: { ...toListedWords(row), ...toDetails(row), description: row.description },
    isTest: row.is_test,
    version: Number(row.words_version),
    createdAtMs: row.created_at.getTime(),
    listed: row.listed,
    moves: row.moves,
    movesTold: row.moves_told,
    questions: row.questions,
  };
}

/** The place of an event in the list: what comes after it is the next page. */
export type ListPlace = { startsAtMs: number; eventId: string };

export async function readListPlace(db: Db, eventId: string): Promise<ListPlace | null> {
  const rows = await db.query<{ starts_at: Date }>('select starts_at from catalog.events where event_id = $1 and listed', [eventId]);
  return rows[0] ? { startsAtMs: rows[0].starts_at.getTime(), eventId } : null;
}

const BEFORE_ALL = ['-infinity', '00000000-0000-0000-0000-000000000000'] as const;

/** What narrows the list; null leaves it wide. Compared exactly, but for a city's case. */
export type ListFilters = {
  category: Category | null;
  tag: string | null;
  /** BCP 47: a language finds its kinds, too. */
  language: string | null;
  city: string | null;
  startsBeforeMs: number | null;
};

export const NO_FILTERS: ListFilters = { category: null, tag: null, language: null, city: null, startsBeforeMs: null };

export type ListPage = { after: ListPlace | null; endsAfterMs: number | null; filters: ListFilters; limit: number };

/**
 * Events that are or were public, by start and id. Planned for its values each time, so that a filter that is not given costs
 * nothing and one that is may be found by its index.
 */
export async function readListed(db: Db, page: ListPage): Promise<ListedWords[]> {
  const { category, tag, language, city, startsBeforeMs } = page.filters;
  const after = page.after ? [new Date(page.after.startsAtMs), page.after.eventId] : BEFORE_ALL;
  const endsAfter = page.endsAfterMs === null ? '-infinity' : new Date(page.endsAfterMs);
  const startsBefore = startsBeforeMs === null ? 'infinity' : new Date(startsBeforeMs);
  const rows = await db.query<ListedRow>(
    `select ${LISTED_COLUMNS} from catalog.events
     where listed and (starts_at, event_id) > ($1::timestamptz, $2::uuid) and ends_at > $3::timestamptz and starts_at < $4::timestamptz
       and ($5::text is null or category = $5) and ($6::text is null or tags @> array[$6::text])
       and ($7::text is null or language_keys @> array[$7::text]) and ($8::text is null or lower(venue_city) = lower($8))
     order by starts_at, event_id limit $9`,
    [...after, endsAfter, startsBefore, category, tag, language, city, page.limit],
  );
  return rows.map((row) => ({ eventId: row.event_id, ...toListedWords(row) }));
}
