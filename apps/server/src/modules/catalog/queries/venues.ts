import type { Queryable, Tx } from '../../../platform/db/index.ts';
import type { Venue } from '../words.ts';
import { ADDRESS_COLUMNS, addressValues, toAddress, type AddressRow } from './event-rows.ts';

type VenueRow = AddressRow & {
  id: string;
  name: string;
  city: string;
  time_zone: string;
  created_at: Date;
  archived_at: Date | null;
};

const COLUMNS = `id, name, city, ${ADDRESS_COLUMNS}, time_zone, created_at, archived_at`;

export type NewVenue = { organizationId: string; venue: Venue; fingerprint: string };

/** Inserts a venue; false if there is one of that id. */
export async function insertVenue(tx: Tx, { organizationId, venue, fingerprint }: NewVenue): Promise<boolean> {
  const rows = await tx.query(
    `insert into catalog.venues (${COLUMNS}, organization_id, fingerprint)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (id) do nothing returning id`,
    [
      ...[venue.id, venue.name, venue.city, ...addressValues(venue.address), venue.timeZone, venue.createdAt, venue.archivedAt],
      ...[organizationId, fingerprint],
    ],
  );
  return rows.length === 1;
}

export async function readVenueFingerprint(on: Queryable, id: string): Promise<string | null> {
  const rows = await on.query<{ fingerprint: string }>('select fingerprint from catalog.venues where id = $1', [id]);
  return rows[0]?.fingerprint ?? null;
}

export async function countVenues(on: Queryable, organizationId: string): Promise<number> {
  const rows = await on.query<{ count: number }>('select count(*)::int as count from catalog.venues where organization_id = $1', [
    organizationId,
  ]);
  return rows[0]?.count ?? 0;
}

/** A venue of the organization; null if there is none, or it is another's. */
export async function readVenue(on: Queryable, organizationId: string, id: string): Promise<Venue | null> {
  return venueOf(
    await on.query<VenueRow>(`select ${COLUMNS} from catalog.venues where id = $1 and organization_id = $2`, [id, organizationId]),
  );
}

/** The same, as it is until the transaction ends. */
export async function lockVenue(tx: Tx, organizationId: string, id: string): Promise<Venue | null> {
  const text = `select ${COLUMNS} from catalog.venues where id = $1 and organization_id = $2 for update`;
  return venueOf(await tx.query<VenueRow>(text, [id, organizationId]));
}

/** An organization's venues by name. */
export async function readVenues(on: Queryable, organizationId: string, { archived }: { archived: boolean }): Promise<Venue[]> {
  const rows = await on.query<VenueRow>(
    `select ${COLUMNS} from catalog.venues where organization_id = $1 and ($2 or archived_at is null) order by name, id`,
    [organizationId, archived],
  );
  return rows.map(toVenue);
}

/** Writes a venue whose row is locked. */
export async function updateVenue(tx: Tx, venue: Venue): Promise<void> {
  await tx.query(
    `update catalog.venues set name = $2, city = $3, address_lines = $4, postal_code = $5, country = $6, latitude = $7, longitude = $8,
       time_zone = $9, archived_at = $10 where id = $1`,
    [venue.id, venue.name, venue.city, ...addressValues(venue.address), venue.timeZone, venue.archivedAt],
  );
}

function venueOf([row]: readonly VenueRow[]): Venue | null {
  return row ? toVenue(row) : null;
}

function toVenue(row: VenueRow): Venue {
  const { id, name, city, time_zone: timeZone, created_at: createdAt, archived_at: archivedAt } = row;
  return { id, name, city, address: toAddress(row), timeZone, createdAt, archivedAt };
}
