import { purgeFacts } from '../../platform/facts/index.ts';
import { purgeBookings } from '../buyers/index.ts';
import type { Member, Organizations } from '../organizations/index.ts';
import { purgeSale } from '../sales/index.ts';
import type { Catalog } from './catalog.ts';
import { deleteTestEvent, lockTestEvent, purgeWords, readTestEvents } from './queries/test-events.ts';

const EVENTS_PAGE = 100;
/** A request ends in time, whatever is there to purge; whoever asks again goes on. */
const WORK_MAX_MS = 5_000;

export type Purged = { events: number; hasMore: boolean };

/**
 * Removes the test events of an organization with all that was sold of them, as many as fit in a request. Each page is a
 * transaction of its own, and an event's own row goes last: after a crash the same call goes on where it stopped.
 */
export async function purgeTestData(catalog: Catalog, organizations: Organizations, member: Member): Promise<Purged> {
  const { organizationId } = member;
  const purged = await purgeFor(catalog, organizationId, WORK_MAX_MS);
  const action = { what: 'test_data.purged', subjectId: organizationId, before: { events: purged.events }, after: null };
  await catalog.db.transaction((tx) => organizations.recordAction(tx, member, action));
  return purged;
}

async function purgeFor(catalog: Catalog, organizationId: string, workMaxMs: number): Promise<Purged> {
  const endMs = performance.now() + workMaxMs;
  let events = 0;
  for (;;) {
    const eventIds = await readTestEvents(catalog.db, organizationId, EVENTS_PAGE);
    if (eventIds.length === 0) return { events, hasMore: false };
    for (const eventId of eventIds) {
      if (performance.now() > endMs) return { events, hasMore: true };
      const outcome = await purgeEvent(catalog, { organizationId, eventId, endMs });
      if (outcome === 'gone') events += 1;
    }
  }
}

export type PurgeEvent = TestEvent & { endMs: number };

/** `more` if the time was over before the event was gone, `not_a_test` also if another call has made an end of it. */
export async function purgeEvent(
  { db, purges }: Catalog,
  { organizationId, eventId, endMs }: PurgeEvent,
): Promise<'gone' | 'more' | 'not_a_test'> {
  for (;;) {
    const page = await purgeCell({ db, purges }, { organizationId, eventId });
    if (page === 'not_a_test') return page;
    const hasMore = page === 'more' || (await purgeBookings(db, eventId));
    const outcome = hasMore ? 'more' : await deleteEmpty({ db, purges }, { organizationId, eventId });
    if (outcome !== 'more') return outcome;
    if (performance.now() > endMs) return 'more';
  }
}

type TestEvent = { organizationId: string; eventId: string };

/** A page of what lies with the event itself, all but its row. */
function purgeCell(
  { db, purges }: Pick<Catalog, 'db' | 'purges'>,
  { organizationId, eventId }: TestEvent,
): Promise<'empty' | 'more' | 'not_a_test'> {
  return db.transaction(async (tx) => {
    if (!(await lockTestEvent(tx, organizationId, eventId))) return 'not_a_test';
    // The head goes before everything: no lane writes behind the pages that follow.
    for (const purge of [purgeSale, purgeFacts, ...purges, purgeWords]) if (await purge(tx, eventId)) return 'more';
    return 'empty';
  });
}

/**
 * The row goes last: whoever adds words, or what other modules keep with an event, holds it, so that none are added behind the
 * look for them.
 */
function deleteEmpty(
  { db, purges }: Pick<Catalog, 'db' | 'purges'>,
  { organizationId, eventId }: TestEvent,
): Promise<'gone' | 'more' | 'not_a_test'> {
  return db.transaction(async (tx) => {
    if (!(await lockTestEvent(tx, organizationId, eventId))) return 'not_a_test';
    for (const purge of [...purges, purgeWords]) if (await purge(tx, eventId)) return 'more';
    await deleteTestEvent(tx, eventId);
    return 'gone';
  });
}
