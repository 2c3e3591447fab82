import { openDb, type Db } from '../apps/server/src/platform/db/index.ts';
import type { Bench } from './lib/bench.ts';
import { startChainGenerator, type ChainGenerator } from './lib/chain-generator.ts';
import type { ChainResult } from './lib/chain-load.ts';
import { recountChains } from './lib/chain-recount.ts';
import type { ChildServer } from './lib/child-server.ts';
import type { Closers } from './lib/closers.ts';
import { startDatabase } from './lib/database.ts';
import { readFlags } from './lib/flags.ts';
import { findFreePort } from './lib/free-port.ts';
import { startGenerator } from './lib/generator.ts';
import { createHotEvent, HOT_PRICE_MINOR, type HotEvent } from './lib/hot-event.ts';
import type { Figures } from './lib/report.ts';
import { roundFlags } from './lib/round-flags.ts';
import { buildSaleRounds, type SaleRounds } from './lib/sale-rounds.ts';
import { startSandboxServer } from './lib/sandbox-server.ts';
import { HOT_CAPACITY } from './lib/stand.ts';
import { median, rounded, spreadPct } from './lib/statistics.ts';
import { makeKeys, startTessera, type Keys } from './lib/tessera-server.ts';
import type { TimedResult } from './lib/timed-load.ts';
import { Unmeasured } from './lib/unmeasured.ts';

const flags = { ...roundFlags, connections: { ...roundFlags.connections, byDefault: 100 } } as const;

type Stand = { server: ChildServer; provider: ChildServer; db: Db; keys: Keys; event: HotEvent; buyers: ChainGenerator };
type Round = { chains: ChainResult & { cpuUs: number }; holds: TimedResult };

/** How many buyers a second get from nothing to a ticket: hold, payment at the provider, its webhook, confirmed, tickets read. */
export const confirms: Bench = {
  summary: 'hold, intent, webhook, confirmed, tickets read: whole chains on one hot event, against holds alone',
  flags,
  run: async (args, closers) => {
    const { rounds: count, server, profile, ...times } = readFlags(flags, args);
    if (server !== null) throw new Unmeasured('--server is not for this bench: the sandbox must be of the same checkout.');
    const stand = await buildStand(profile, closers);
    const sale = await buildHolds(stand, times, closers);
    const load = chainLoad(stand, times.connections);
    let done = (await load(times.warmSeconds)).done;
    const rounds: Round[] = [];
    for (let number = 0; number < count; number += 1) {
      const holds = await sale.run({ name: 'holds', servers: [stand.server] });
      const chains = await load(times.seconds);
      done += chains.done;
      await recountChains(stand.db, { eventId: stand.event.eventId, priceMinor: HOT_PRICE_MINOR }, done);
      process.stderr.write(`round ${number + 1}: ${Math.round(chains.perSecond)} chains/s, p99 ${rounded(chains.p99Ms, 1)} ms\n`);
      rounds.push({ chains, holds });
    }
    return { ...figuresOf(rounds), rounds: count, seconds: times.seconds, connections: times.connections };
  },
};

async function buildStand(profile: string | null, closers: Closers): Promise<Stand> {
  const database = await startDatabase(closers);
  const db = openDb({ url: database.url, poolMax: 2, onError: () => {} });
  closers.add(db.close);
  const keys = makeKeys();
  const [port, providerPort] = [await findFreePort(), await findFreePort()];
  const webhookUrl = `http://127.0.0.1:${port}/webhooks/payments`;
  const provider = await startSandboxServer({ folder: database.folder, port: providerPort, ...keys, webhookUrl }, closers);
  const env = { PAYMENTS_URL: `http://127.0.0.1:${providerPort}` };
  const server = await startTessera({ name: 'tessera', database, keys, program: null, profile, port, env }, closers);
  const event = await createHotEvent({ port, internalSecret: keys.internalSecret, capacity: HOT_CAPACITY });
  return { server, provider, db, keys, event, buyers: startChainGenerator(closers) };
}

/** Holds on an event of their own, by the same server in the same minute. */
async function buildHolds(
  { server, db, keys }: Stand,
  times: Parameters<typeof buildSaleRounds>[1],
  closers: Closers,
): Promise<SaleRounds> {
  const event = await createHotEvent({ port: server.port, internalSecret: keys.internalSecret, capacity: HOT_CAPACITY });
  return buildSaleRounds({ generator: startGenerator(closers), db, event, keys }, times);
}

function chainLoad({ server, provider, event, keys, buyers }: Stand, connections: number): (seconds: number) => Promise<Round['chains']> {
  const ports = { tessera: server.port, provider: provider.port };
  return async (seconds) => {
    const cpuBeforeMs = server.cpuMs() ?? Number.NaN;
    const result = await buyers.run({ order: { ports, connections, seconds, body: event.body }, serverKeyHex: keys.serverKeyHex });
    if (result.errors > 0)
      throw new Unmeasured(`${result.errors} buyers failed (${result.unknown} paid and know nothing): ${result.firstError}`);
    return { ...result, cpuUs: (((server.cpuMs() ?? Number.NaN) - cpuBeforeMs) * 1_000) / result.done };
  };
}

/** Medians of the rounds; the ratio is the median of each round's own. */
function figuresOf(rounds: readonly Round[]): Figures {
  const middle = (pick: (round: Round) => number, digits: number) => rounded(median(rounds.map(pick)), digits);
  return {
    confirmsPerSecond: middle(({ chains }) => chains.perSecond, 0),
    p50Ms: middle(({ chains }) => chains.p50Ms, 1),
    p95Ms: middle(({ chains }) => chains.p95Ms, 1),
    p99Ms: middle(({ chains }) => chains.p99Ms, 1),
    errors: 0,
    unknown: 0,
    ratioToHolds: middle(({ chains, holds }) => chains.perSecond / holds.perSecond, 3),
    holdsPerSecond: middle(({ holds }) => holds.perSecond, 0),
    asksPerChain: middle(({ chains }) => chains.asks, 2),
    cpuUsPerChain: middle(({ chains }) => chains.cpuUs, 0),
    buyersCpu: middle(({ chains }) => chains.ownCpu, 2),
    spreadPct: spreadPct(rounds.map(({ chains }) => chains.perSecond)),
  };
}
