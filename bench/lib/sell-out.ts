import { createHotEvent } from './hot-event.ts';
import { recount, verifySamples } from './recount.ts';
import type { Stand } from './stand.ts';
import { placed } from './timed-load.ts';
import { Unmeasured } from './unmeasured.ts';

const CAPACITY = 2_000;
const BUYERS = 10_000;
const SECONDS_MAX = 60;

/**
 * Sends more buyers to an event than it has tickets: a hot event of the rounds never ends, so its counters alone could
 * not show that the last ticket is sold once. Throws Unmeasured unless exactly the capacity was sold.
 */
export async function sellOut({ generator, db, keys, servers }: Stand, connections: number): Promise<void> {
  const ports = servers.map((server) => server.port);
  const event = await createHotEvent({ port: ports[0]!, internalSecret: keys.internalSecret, capacity: CAPACITY });
  await generator.prepare({ count: BUYERS, body: event.body, serverKeyHex: keys.serverKeyHex });
  const result = await generator.run({ ports, connections, seconds: SECONDS_MAX, expected: [201, 409], again: false });
  if (result.failures > 0) throw new Unmeasured(`Selling out: ${result.failures} requests failed, the first with: ${result.firstFailure}`);
  if (!result.ranOut) throw new Unmeasured(`Selling out: ${BUYERS} buyers were not answered within ${SECONDS_MAX} s.`);
  await verifySamples(db, event, result.samples);
  const { oversold } = await recount(db, event, placed(result));
  if (placed(result) < CAPACITY)
    throw new Unmeasured(`Selling out: ${placed(result)} of ${CAPACITY} tickets found one of ${BUYERS} buyers.`);
  if (oversold > 0) throw new Unmeasured(`Selling out: oversold by ${oversold}.`);
}
