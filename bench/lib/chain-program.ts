import { buildBuyerSessions } from '../../apps/server/src/modules/accounts/index.ts';
import { systemClock } from '../../apps/server/src/platform/clock/index.ts';
import { runChainLoad, type ChainOrder } from './chain-load.ts';

export type ChainMessage = { order: ChainOrder; serverKeyHex: string };

/** The program of the buyers who go all the way: a process of its own, so that what it costs is never the server's. */
process.on('message', ({ order, serverKeyHex }: ChainMessage) => {
  const sessions = buildBuyerSessions({ serverKey: Buffer.from(serverKeyHex, 'hex'), clock: systemClock });
  const nowMs = systemClock.nowMs();
  runChainLoad(order, () => sessions.issueBuyerSession(nowMs).token).then(
    (result) => process.send?.({ kind: 'done', result }),
    (error: unknown) => process.send?.({ kind: 'failed', reason: String(error) }),
  );
});
// The bench is gone, so nobody waits for the answer.
process.on('disconnect', () => process.exit());
