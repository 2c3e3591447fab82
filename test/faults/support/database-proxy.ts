import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onProcessEnd } from '../../support/on-process-end.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { targetOf, through } from './database-address.ts';
import { boundStatement, FrontendMessages } from './frontend-messages.ts';

/**
 * What happens to a COMMIT on its way. `before`: PostgreSQL never sees it. `during`: it is sent and the connection is
 * cut at once. `after`: PostgreSQL has committed and said so, and the answer is lost. `silence`: as `after`, but the
 * connection stays open and nothing comes any more. `held`: it is not sent, and the connection stays open.
 */
export type CommitFate = 'before' | 'during' | 'after' | 'silence' | 'held';

export type Ambush = {
  fate: CommitFate;
  times?: number /** Told at the moment at which a COMMIT meets its fate. */;
  onStrike?: () => void;
};

export type DatabaseProxy = {
  /** The same database, through the proxy. */
  url: string;
  /** The next COMMITs of lanes, on whatever connection, have this fate. */
  arm(ambush: Ambush): void;
  /** COMMITs that have had a fate. */
  struck(): number;
  /** While the network is down connections are cut, and new ones are refused. */
  setDown(isDown: boolean): void;
  /** While it is deaf nothing is read from PostgreSQL, as from a server that is stopped. */
  setDeaf(isDeaf: boolean): void;
  close(): Promise<void>;
};

type Cable = { client: Socket; server: Socket };

/** A network between a lane and PostgreSQL that fails when it is told to. Both ends are sockets in folders. */
export async function openDatabaseProxy(url: string): Promise<DatabaseProxy> {
  const folder = temporaryFolder();
  const forget = onProcessEnd(folder.remove);
  const cables = new Set<Cable>();
  const state = { ambush: { fate: 'before' } as Ambush, left: 0, struck: 0, isDown: false };
  const listener = createServer((client) => {
    if (state.isDown) return void client.destroy();
    const cable = { client, server: connect(targetOf(url)) };
    cables.add(cable);
    lay(cable, () => {
      if (state.left === 0) return null;
      state.left -= 1;
      return state.ambush;
    });
    cable.client.once('close', () => cables.delete(cable));
  });
  await new Promise<void>((resolve) => listener.listen(join(folder.path, '.s.PGSQL.5432'), resolve));
  const cutAll = (): void => cables.forEach(cut);
  return {
    url: through(url, folder.path),
    arm: (ambush) => {
      const onStrike = (): void => {
        state.struck += 1;
        ambush.onStrike?.();
      };
      Object.assign(state, { ambush: { ...ambush, onStrike }, left: ambush.times ?? 1 });
    },
    struck: () => state.struck,
    setDown: (isDown) => {
      state.isDown = isDown;
      if (isDown) cutAll();
    },
    setDeaf: (isDeaf) => {
      for (const { server } of cables) {
        if (isDeaf) server.pause();
        else server.resume();
      }
    },
    close: async () => {
      cutAll();
      await new Promise((resolve) => listener.close(resolve));
      forget();
      folder.remove();
    },
  };
}

/** Forwards both ways, message by message from the client, until a COMMIT meets its fate. */
function lay(cable: Cable, nextAmbush: () => Ambush | null): void {
  const { client, server } = cable;
  const messages = new FrontendMessages();
  let ambush: Ambush | null = null;
  const forward = (message: Buffer): void => {
    if (ambush === null && boundStatement(message) === 'lane_commit') {
      ambush = nextAmbush();
      if (ambush && ambush.fate !== 'after') ambush.onStrike?.();
    }
    if (ambush?.fate === 'before') cut(cable);
    else if (ambush?.fate !== 'held') server.write(message);
  };
  client.on('data', (data) => {
    for (const message of messages.push(data)) forward(message);
    if (ambush?.fate === 'during') server.end(() => cut(cable));
  });
  server.on('data', (data) => {
    if (ambush === null) return void client.write(data);
    if (ambush.fate !== 'after' || !data.includes('COMMIT\0')) return;
    ambush.onStrike?.();
    cut(cable);
  });
  for (const end of [client, server]) {
    end.on('error', () => cut(cable));
    end.on('close', () => cut(cable));
  }
}

function cut({ client, server }: Cable): void {
  client.destroy();
  server.destroy();
}
