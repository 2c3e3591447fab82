import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { onProcessEnd } from '../../../support/on-process-end.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { targetOf, through } from '../database-address.ts';
import { boundStatement, FrontendMessages } from '../frontend-messages.ts';
import { Trap, type Wire } from './wire.ts';

export type DatabaseWire = Wire & { url: string };

/**
 * What a server's lanes say to PostgreSQL, batch by batch. A message is the COMMIT of a batch, called by the names of the statements
 * that the batch has executed.
 */
export async function openDatabaseWire(url: string): Promise<DatabaseWire> {
  const folder = temporaryFolder();
  const forget = onProcessEnd(folder.remove);
  const sockets = new Set<Socket>();
  const trap = new Trap();
  const listener = createServer((client) => {
    const server = connect(targetOf(url));
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    lay(client, server, trap);
  });
  await new Promise<void>((resolve) => listener.listen(join(folder.path, '.s.PGSQL.5432'), resolve));
  return {
    url: through(url, folder.path),
    arm: (stop, onStrike) => trap.arm(stop, onStrike),
    disarm: () => trap.disarm(),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => listener.close(resolve));
      forget();
      folder.remove();
    },
  };
}

function lay(client: Socket, server: Socket, trap: Trap): void {
  const messages = new FrontendMessages();
  const toServer = heldPipe(server);
  const toClient = heldPipe(client);
  let executed: string[] = [];
  let committing: string | null = null;
  const forward = (message: Buffer): void => {
    const statement = boundStatement(message);
    if (statement === 'lane_begin') executed = [];
    else if (statement === 'lane_commit') committing = executed.join(' ');
    else if (statement !== null) executed.push(statement);
    if (statement === 'lane_commit' && trap.isFor('before', committing ?? '')) trap.strike(toServer.hold());
    toServer.write(message);
  };
  client.on('data', (data) => {
    for (const message of messages.push(data)) forward(message);
  });
  server.on('data', (data) => {
    if (committing !== null && data.includes('COMMIT\0')) {
      if (trap.isFor('after', committing)) trap.strike(toClient.hold());
      committing = null;
    }
    toClient.write(data);
  });
  const cut = (): void => {
    client.destroy();
    server.destroy();
  };
  for (const end of [client, server]) {
    end.on('error', cut);
    end.on('close', cut);
  }
}

/** Keeps what is written while it is held. */
function heldPipe(socket: Socket): { write(data: Buffer): void; hold(): { release(): void } } {
  let kept: Buffer[] | null = null;
  const write = (data: Buffer): void => {
    if (kept !== null) kept.push(data);
    else if (!socket.destroyed) socket.write(data);
  };
  return {
    write,
    hold: () => {
      kept = [];
      return {
        release: () => {
          const waiting = kept ?? [];
          kept = null;
          for (const data of waiting) write(data);
        },
      };
    },
  };
}
