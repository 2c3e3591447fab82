import { buildBuyerSessions } from '../../apps/server/src/modules/accounts/index.ts';
import { systemClock } from '../../apps/server/src/platform/clock/index.ts';
import type { GeneratorMessage } from './generator.ts';
import { runLoad } from './load.ts';
import { FileSlab } from './file-slab.ts';
import { RequestSlab, type Slab } from './request-slab.ts';

/** The program of the load generator: a process of its own, so that what it costs is never the server's. */
let slab: Slab | null = null;

process.on('message', (message: GeneratorMessage) => {
  void answer(message).then((result) => process.send?.(result));
});
// The bench is gone, so nobody waits for the answer.
process.on('disconnect', () => process.exit());

async function answer(message: GeneratorMessage): Promise<unknown> {
  try {
    if (message.kind === 'prepare') slab = prepare(message);
    if (message.kind === 'read') slab = new FileSlab(message);
    if (message.kind !== 'run' || slab === null) return { kind: 'done', result: null };
    return { kind: 'done', result: await runLoad(message.order, slab) };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function prepare({ count, body, serverKeyHex }: Extract<GeneratorMessage, { kind: 'prepare' }>): RequestSlab {
  const accounts = buildBuyerSessions({ serverKey: Buffer.from(serverKeyHex, 'hex'), clock: systemClock });
  const nowMs = systemClock.nowMs();
  return new RequestSlab(count, { body, issueToken: () => accounts.issueBuyerSession(nowMs).token });
}
