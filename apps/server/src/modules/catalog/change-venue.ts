import type { ChangeVenueBody } from '@tessera/contract';
import type { Member, Organizations } from '../organizations/index.ts';
import type { Catalog } from './catalog.ts';
import { mergeAddress } from './merge-address.ts';
import { presentVenue } from './present-place.ts';
import { lockVenue, updateVenue } from './queries/venues.ts';
import { recordedChange } from './recorded-change.ts';
import { requireTimeZone } from './time-zones.ts';
import type { Venue } from './words.ts';

type Acting = { organizations: Organizations; member: Member; venueId: string };

/** Changes the words of a venue; events keep those they were given. Null if there is no such venue. */
export async function changeVenue(catalog: Catalog, acting: Acting, body: ChangeVenueBody): Promise<Venue | null> {
  return rewrite(catalog, acting, 'venue.changed', (before) => {
    const { name = before.name, city = before.city } = body;
    const timeZone = requireTimeZone(body.time_zone ?? before.timeZone);
    return { ...before, name, city, timeZone, address: mergeAddress(before.address, body) };
  });
}

/** Takes a venue out of the list, so that no event is put there any more. Null if there is no such venue. */
export async function archiveVenue(catalog: Catalog, acting: Acting): Promise<Venue | null> {
  const archivedAt = new Date(catalog.clock.nowMs());
  return rewrite(catalog, acting, 'venue.archived', (before) => ({ ...before, archivedAt: before.archivedAt ?? archivedAt }));
}

async function rewrite(
  { db }: Catalog,
  { organizations, member, venueId }: Acting,
  what: string,
  change: (before: Venue) => Venue,
): Promise<Venue | null> {
  const { organizationId } = member;
  return db.transaction(async (tx) => {
    const before = await lockVenue(tx, organizationId, venueId);
    if (!before) return null;
    const after = change(before);
    const recorded = recordedChange(presentVenue(before), presentVenue(after));
    if (!recorded) return before;
    await updateVenue(tx, after);
    await organizations.recordAction(tx, member, { what, subjectId: venueId, ...recorded });
    return after;
  });
}
