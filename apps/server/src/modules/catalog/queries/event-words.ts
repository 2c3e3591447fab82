import type { Db, Tx } from '../../../platform/db/index.ts';
import { languageKeys } from '../language-tags.ts';
import type { EventMove, FullWords, ListedWords } from '../words.ts';
import { addressValues, LISTED_COLUMNS, toListedWords, type ListedRow } from './event-rows.ts';
import type { ListPlace } from './events.ts';

/** Writes all words of an event whose row is locked, and raises their version. */
export async function updateEventWords(tx: Tx, eventId: string, words: FullWords): Promise<void> {
  await tx.query(
    `update catalog.events set words_version = words_version + 1, title = $2, summary = $3, description = $4, venue_name = $5, venue_city = $6,
       starts_at = $7, ends_at = $8, time_zone = $9, picture = $10, category = $11, tags = $12, languages = $13, language_keys = $14,
       place = $15, venue_id = $16, address_lines = $17, postal_code = $18, country = $19, latitude = $20, longitude = $21,
       online_url = $22, doors_at = $23, days = $24, terms = $25, refund_policy = $26, cancellation_reason = $27
     where event_id = $1`,
    [
      ...[eventId, words.title, words.summary, words.description, words.venueName, words.venueCity],
      ...[new Date(words.startsAtMs), new Date(words.endsAtMs), words.timeZone, words.picture],
      ...[words.category, words.tags, words.languages, languageKeys(words.languages)],
      ...[words.place, words.venueId, ...addressValues(words.address)],
      ...[words.onlineUrl, words.doorsAtMs === null ? null : new Date(words.doorsAtMs), daysJson(words)],
      ...[words.terms, words.refundPolicy, words.cancellationReason],
    ],
  );
}

function daysJson({ days }: FullWords): string {
  const text = (ms: number) => new Date(ms).toISOString();
  return JSON.stringify(days.map(({ title, startsAtMs, endsAtMs }) => ({ title, starts_at: text(startsAtMs), ends_at: text(endsAtMs) })));
}

/** Adds to the moves of an event whose row is locked. */
export async function insertMove(tx: Tx, eventId: string, { at, before, after, reason }: EventMove): Promise<void> {
  await tx.query(
    `with event as (update catalog.events set moves = moves + 1 where event_id = $1 returning event_id, moves)
     insert into catalog.event_moves (event_id, seq, at, before, after, reason) select event_id, moves, $2, $3, $4, $5 from event`,
    [eventId, at, JSON.stringify(before), JSON.stringify(after), reason],
  );
}

/** The last moves of an event, the last first. */
export async function readMoves(db: Db, eventId: string, limit: number): Promise<EventMove[]> {
  return db.query<EventMove>('select at, before, after, reason from catalog.event_moves where event_id = $1 order by seq desc limit $2', [
    eventId,
    limit,
  ]);
}

/** One move, by its number. */
export async function readMove(db: Db, eventId: string, seq: number): Promise<EventMove | null> {
  const text = 'select at, before, after, reason from catalog.event_moves where event_id = $1 and seq = $2';
  return (await db.query<EventMove>(text, [eventId, seq]))[0] ?? null;
}

/** The sale has heard of the moves up to this number. */
export async function raiseMovesTold(db: Db, eventId: string, seq: number): Promise<void> {
  await db.query('update catalog.events set moves_told = greatest(moves_told, $2) where event_id = $1', [eventId, seq]);
}

const BEFORE_ALL = ['-infinity', '00000000-0000-0000-0000-000000000000'] as const;

/** The place of an organization's event in its list, or null if it is none of its own. */
export async function readOwnPlace(db: Db, organizationId: string, eventId: string): Promise<ListPlace | null> {
  const rows = await db.query<{ starts_at: Date }>('select starts_at from catalog.events where event_id = $1 and organization_id = $2', [
    eventId,
    organizationId,
  ]);
  return rows[0] ? { startsAtMs: rows[0].starts_at.getTime(), eventId } : null;
}

export type OwnPage = { organizationId: string; testsOnly: boolean; after: ListPlace | null; limit: number };

/** Events of an organization, whatever their state, by start and id. */
export async function readOwnEvents(db: Db, { organizationId, testsOnly, after, limit }: OwnPage): Promise<ListedWords[]> {
  const place = after ? [new Date(after.startsAtMs), after.eventId] : BEFORE_ALL;
  const rows = await db.query<ListedRow>(
    `select ${LISTED_COLUMNS} from catalog.events
     where organization_id = $1 and (starts_at, event_id) > ($2::timestamptz, $3::uuid) and (is_test or not $5)
     order by starts_at, event_id limit $4`,
    [organizationId, ...place, limit, testsOnly],
  );
  return rows.map((row) => ({ eventId: row.event_id, ...toListedWords(row) }));
}
