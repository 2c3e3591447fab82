import type { ChildServer } from './child-server.ts';
import { quantileBetween, readHistogram } from './prometheus.ts';
import { Unmeasured } from './unmeasured.ts';

const NAME = 'tessera_lane_lock_hold_seconds';

/** Reads from a server how long its batches held the lock of their event, between `begin` and `endP99Ms`. */
export type LockHold = { begin(): Promise<void>; endP99Ms(): Promise<number> };

export function watchLockHold(server: ChildServer): LockHold {
  const read = async () => readHistogram(await server.read('/metrics'), NAME);
  let before: Awaited<ReturnType<typeof read>> = [];
  return {
    begin: async () => {
      before = await read();
    },
    endP99Ms: async () => {
      const seconds = quantileBetween(before, await read(), 0.99);
      if (seconds === null) throw new Unmeasured(`${server.name} shows no ${NAME}.`);
      return seconds * 1000;
    },
  };
}
