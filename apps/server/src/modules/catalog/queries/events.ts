import type { Db, Queryable, Tx } from '../../../platform/db/index.ts';
import type { CopyPlan } from '../copy-plan.ts';
import type { EventWords, ListedWords } from '../words.ts';

type ListedRow = {
  event_id: string;
  organization_id: string;
  title: string;
  summary: string;
  venue_name: string;
  venue_city: string;
  starts_at: Date;
  ends_at: Date;
  time_zone: string;
  picture: string | null;
};
type EventRow = ListedRow & { description: string; is_test: boolean; words_version: string; created_at: Date };

const LISTED_COLUMNS = 'event_id, organization_id, title, summary, venue_name, venue_city, starts_at, ends_at, time_zone, picture';

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

/** Whose event it is. */
export type EventOwner = { organizationId: string; isTest: boolean };

export async function readEventOwner(db: Db, eventId: string): Promise<EventOwner | null> {
  const rows = await db.query<EventOwner>(
    'select organization_id as "organizationId", is_test as "isTest" from catalog.events where event_id = $1',
    [eventId],
  );
  return rows[0] ?? null;
}

/** Lets the event into the walk over the list, for good; a test event never. */
export async function raiseListed(db: Db, eventId: string): Promise<void> {
  await db.query('update catalog.events set listed = true where event_id = $1 and not listed and not is_test', [eventId]);
}

/** `version` rises with every change of words, those of ticket types included. */
export type EventRecord = { words: EventWords; isTest: boolean; version: number; createdAtMs: number };

export async function readEventRecord(db: Db, eventId: string): Promise<EventRecord | null> {
  const rows = await db.query<EventRow>(
    `select ${LISTED_COLUMNS}, description, is_test, words_version, created_at from catalog.events where event_id = $1`,
    [eventId],
  );
  const row = rows[0];
  if (!row) return null;
  return {
    words: { ...toWords(row), description: row.description },
    isTest: row.is_test,
    version: Number(row.words_version),
    createdAtMs: row.created_at.getTime(),
  };
}

/** The place of an event in the list: what comes after it is the next page. */
export type ListPlace = { startsAtMs: number; eventId: string };

export async function readListPlace(db: Db, eventId: string): Promise<ListPlace | null> {
  const rows = await db.query<{ starts_at: Date }>('select starts_at from catalog.events where event_id = $1 and listed', [eventId]);
  return rows[0] ? { startsAtMs: rows[0].starts_at.getTime(), eventId } : null;
}

const BEFORE_ALL = ['-infinity', '00000000-0000-0000-0000-000000000000'] as const;

export type ListPage = { after: ListPlace | null; endsAfterMs: number | null; limit: number };

/** Events that are or were public, by start and id. */
export async function readListed(db: Db, page: ListPage): Promise<ListedWords[]> {
  const after = page.after ? [new Date(page.after.startsAtMs), page.after.eventId] : BEFORE_ALL;
  const endsAfter = page.endsAfterMs === null ? '-infinity' : new Date(page.endsAfterMs);
  const rows = await db.query<ListedRow>(
    `select ${LISTED_COLUMNS} from catalog.events
     where listed and (starts_at, event_id) > ($1::timestamptz, $2::uuid) and ends_at > $3::timestamptz
     order by starts_at, event_id limit $4`,
    [...after, endsAfter, page.limit],
  );
  return rows.map((row) => ({ eventId: row.event_id, ...toWords(row) }));
}

function toWords(row: ListedRow): Omit<EventWords, 'description'> {
  return {
    organizationId: row.organization_id,
    title: row.title,
    summary: row.summary,
    venueName: row.venue_name,
    venueCity: row.venue_city,
    startsAtMs: row.starts_at.getTime(),
    endsAtMs: row.ends_at.getTime(),
    timeZone: row.time_zone,
    picture: row.picture,
  };
}
