import type { CreateVenueBody } from '@tessera/contract';
import { newUuid } from '../../platform/ids/index.ts';
import { invariant } from '../../platform/invariant.ts';
import type { Member, Organizations } from '../organizations/index.ts';
import type { Catalog } from './catalog.ts';
import { mergeAddress, NO_ADDRESS } from './merge-address.ts';
import { createdId, fingerprintOf } from './organizer-keys.ts';
import { presentVenue } from './present-place.ts';
import { lockOrganization } from './queries/organizations.ts';
import { countVenues, insertVenue, readVenue, readVenueFingerprint } from './queries/venues.ts';
import { requireTimeZone } from './time-zones.ts';
import type { Venue } from './words.ts';

/** Archived ones included: the list is answered whole. */
export const VENUES_MAX = 200;

export type CreateVenueOutcome = { kind: 'venue'; venue: Venue; replayed: boolean } | { kind: 'key_reused' } | { kind: 'too_many' };

/** Adds a venue, once per key; without a key, once per call. */
export async function createVenue(
  catalog: Catalog,
  organizations: Organizations,
  member: Member,
  { body, idempotencyKey }: { body: CreateVenueBody; idempotencyKey: string | null },
): Promise<CreateVenueOutcome> {
  const { db, clock } = catalog;
  const { organizationId } = member;
  const nowMs = clock.nowMs();
  const id = idempotencyKey === null ? newUuid(nowMs) : createdId(`${organizationId}/venue`, idempotencyKey);
  const fingerprint = fingerprintOf(body);
  const venue = venueOf(body, id, new Date(nowMs));
  const done = await db.transaction<'inserted' | 'there' | 'too_many'>(async (tx) => {
    // Those who add at the same time count one after the other.
    await lockOrganization(tx, organizationId);
    if ((await readVenueFingerprint(tx, id)) !== null) return 'there';
    if ((await countVenues(tx, organizationId)) >= VENUES_MAX) return 'too_many';
    invariant(await insertVenue(tx, { organizationId, venue, fingerprint }), 'a venue that is not there can be added');
    const after = presentVenue(venue);
    await organizations.recordAction(tx, member, { what: 'venue.created', subjectId: id, before: null, after });
    return 'inserted';
  });
  if (done === 'too_many') return { kind: 'too_many' };
  if (done === 'inserted') return { kind: 'venue', venue, replayed: false };
  const [found, before] = [await readVenue(db, organizationId, id), await readVenueFingerprint(db, id)];
  return found && before === fingerprint ? { kind: 'venue', venue: found, replayed: true } : { kind: 'key_reused' };
}

function venueOf(body: CreateVenueBody, id: string, createdAt: Date): Venue {
  const { name, city } = body;
  const timeZone = requireTimeZone(body.time_zone);
  return { id, name, city, address: mergeAddress(NO_ADDRESS, body), timeZone, createdAt, archivedAt: null };
}
