import type { Db } from '../../../apps/server/src/platform/db/index.ts';
import { parseCellId, parseId } from '../../../apps/server/src/platform/ids/index.ts';
import { buildFingerprint, type Fingerprint } from '../policies/fingerprint.ts';
import type { Tenant } from './tenant.ts';

/** Written whoever asks. */
const LEFT_OUT = ['buyers.offsets'];

/** A hash of every row that names a tenant’s organization, events, people or buyers, by table. */
export async function buildRows(db: Db, { ids }: Tenant): Promise<Fingerprint> {
  const events = [parseId('evt', ids.event), parseId('evt', ids.open)];
  const buyers = await db.query<{ key: string }>('select distinct buyer_key as key from sales.bookings where event_id = any($1)', [events]);
  const people = await db.query<{ id: string }>(
    `select person_id as id from organizations.members where organization_id = $1
     union select person_id from accounts.sessions where id = $2`,
    [parseId('org', ids.org), parseId('ses', ids.session)],
  );
  const booking = parseCellId('bkg', ids.booking)!.id;
  const uuids = [parseId('org', ids.org), ...events, ...buyers.map(({ key }) => key), ...people.map(({ id }) => id), booking];
  return buildFingerprint(db, { leftOut: LEFT_OUT, about: uuids.join('|') });
}
