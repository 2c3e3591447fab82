import { buildSandboxClient, paymentsAccess, type PaymentProvider } from '../../../../apps/server/src/engines/payments/index.ts';
import { openDb, type Db } from '../../../../apps/server/src/platform/db/index.ts';
import { startPostgres, type TestPostgres } from '../../../support/postgres.ts';
import { descendants, kill9 } from '../../../support/process-tree.ts';
import { openShop, type Shop } from '../shop.ts';
import { openHttpWire, type HttpWire } from './http-wire.ts';
import type { Point } from './points.ts';
import { openHost, type Host } from './host.ts';
import { openProviderHost, type ProviderHost } from './provider-host.ts';
import type { Strike, Wire } from './wire.ts';

export const VICTIMS = ['server', 'provider', 'postgres', 'one of two servers'] as const;
export type Victim = (typeof VICTIMS)[number];

/** Real programs of their own, with a wire between each two of them that can be stopped at a message. */
export type Stage = {
  shop: Shop;
  db: Db;
  databaseUrl: string;
  provider: PaymentProvider;
  sandboxUrl: string;
  /** The key with which the provider is called. */
  providerKey: string;
  /** The provider as a payer reaches it. */
  payerUrl: string;
  /** Servers that live, the likeliest first. */
  urls(): readonly string[];
  /** Brings up what is down, and takes so many servers into use. */
  prepare(servers: 1 | 2): Promise<void>;
  /** Kills when the message of the point comes, lets everything go on, and brings up what was killed; ends when it did. */
  strikeAt(at: NonNullable<Point['at']>, victim: Victim, onStrike: () => void): { struck: Promise<void>; disarm(): void };
  strikeNow(victim: Victim): Promise<void>;
  close(): Promise<void>;
};

export async function openStage(): Promise<Stage> {
  const shop = openShop();
  const postgres = await startPostgres({ durable: true });
  const hosts: Host[] = [];
  const webhook = await openHttpWire(() => hosts.filter((host) => host.isUsed).map(({ port }) => port));
  const sandbox = await openProviderHost(shop.env, `${webhook.url}/webhooks/payments`);
  const payer = await openHttpWire(() => [sandbox.port]);
  for (let count = 0; count < 2; count += 1) hosts.push(await openHost(shop.env, postgres.url, sandbox));
  const db = openDb({ url: postgres.url, poolMax: 2, onError: () => {} });
  const access = paymentsAccess(sandbox.url, { apiKey: null, webhookSecrets: null, account: null }, keyOf(shop));
  const provider = buildSandboxClient(access);
  const parts: Parts = { postgres, hosts, sandbox, webhook, payer };

  return {
    shop,
    db,
    databaseUrl: postgres.url,
    provider,
    sandboxUrl: sandbox.url,
    providerKey: access.apiKey,
    payerUrl: payer.url,
    urls: () => hosts.filter((host) => host.isUsed).map(({ url }) => url),
    prepare: async (servers) => {
      for (const [index, host] of hosts.entries()) await (index < servers ? host.up() : host.down());
      await sandbox.up();
      await Promise.all(hosts.filter(({ isUsed }) => isUsed).map((host) => host.untilReady()));
    },
    strikeAt: (at, victim, onStrike) => arm(parts, { at, victim, onStrike }),
    strikeNow: async (victim) => recover(parts, victim, await kill(parts, victim, firstOf(hosts))),
    close: async () => {
      for (const wire of [webhook, payer, ...hosts.flatMap(({ wires }) => Object.values(wires))]) wire.disarm();
      provider.close();
      await Promise.all(hosts.map((host) => host.close()));
      await Promise.all([sandbox.close(), webhook.close(), payer.close(), db.close()]);
      await postgres.stop();
    },
  };
}

type Parts = { postgres: TestPostgres; hosts: readonly Host[]; sandbox: ProviderHost; webhook: HttpWire; payer: HttpWire };
type Ambush = { at: NonNullable<Point['at']>; victim: Victim; onStrike: () => void };

/** On the wires of all servers in use, since any of them may come to it; on the first that does. */
function arm(parts: Parts, { at, victim, onStrike }: Ambush): { struck: Promise<void>; disarm(): void } {
  const wires: { wire: Wire; host: Host }[] = wiresOf(parts, at.wire);
  const disarm = (): void => {
    for (const { wire } of wires) wire.disarm();
  };
  const struck = new Promise<void>((resolve, reject) => {
    const strike = async (host: Host, { release }: Strike): Promise<void> => {
      disarm();
      onStrike();
      const killed = await kill(parts, victim, host);
      release();
      await recover(parts, victim, killed);
    };
    for (const { wire, host } of wires) wire.arm(at, (held) => void strike(host, held).then(resolve, reject));
  });
  return { struck, disarm };
}

function wiresOf({ hosts, webhook, payer }: Parts, name: Ambush['at']['wire']): { wire: Wire; host: Host }[] {
  const used = hosts.filter(({ isUsed }) => isUsed);
  if (name === 'webhook') return [{ wire: webhook, host: firstOf(hosts) }];
  if (name === 'payer') return [{ wire: payer, host: firstOf(hosts) }];
  return used.map((host) => ({ wire: host.wires[name], host }));
}

function firstOf(hosts: readonly Host[]): Host {
  const host = hosts.find(({ isUsed }) => isUsed);
  if (!host) throw new Error('No server is in use.');
  return host;
}

/** The signal is sent before anything else of this process happens: what the wires hold is still held. */
async function kill({ postgres, sandbox }: Parts, victim: Victim, host: Host): Promise<Host | null> {
  if (victim === 'postgres') kill9([postgres.pid(), ...descendants(postgres.pid())]);
  else if (victim === 'provider') await sandbox.kill();
  else await host.kill();
  return victim === 'server' || victim === 'one of two servers' ? host : null;
}

/** Of two servers the dead one stays dead: the other has to do. */
async function recover({ hosts, sandbox }: Parts, victim: Victim, killed: Host | null): Promise<void> {
  if (victim === 'provider') await sandbox.up();
  if (victim === 'server') await killed?.up();
  await Promise.all(hosts.filter(({ isUsed }) => isUsed).map((host) => host.untilReady()));
}

function keyOf({ env }: Shop): Buffer {
  return Buffer.from(env['TESSERA_SERVER_KEY'] ?? '', 'hex');
}
