import { startFollower } from '../../../apps/server/src/modules/buyers/follower.ts';
import { systemClock } from '../../../apps/server/src/platform/clock/index.ts';
import { systemRandom } from '../../../apps/server/src/platform/random.ts';
import { buildLog } from '../../../apps/server/src/platform/telemetry/index.ts';
import type { Houses } from '../houses.ts';
import { buildTenant, type Tenant } from './tenant.ts';

const BOOKINGS = 4;

/** Who asks, and whose ids are asked for. What buyers have booked stands in their lists. */
export async function buildTenants(houses: Houses): Promise<{ own: Tenant; other: Tenant }> {
  const [own, other] = [await buildTenant(houses, 'QWXOWN7'), await buildTenant(houses, 'QWXOTHER9')];
  const follower = startFollower({ db: houses.db, clock: systemClock, log: buildLog('silent'), random: systemRandom });
  for (let count = 0; count < BOOKINGS; ) {
    const [row] = await houses.db.query<{ count: number }>('select count(*)::int as count from buyers.bookings');
    count = row?.count ?? 0;
  }
  await follower.stop();
  return { own, other };
}
