import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Closers } from './closers.ts';
import type { LoadOrder, LoadResult } from './load.ts';
import { Unmeasured } from './unmeasured.ts';

export type GeneratorMessage =
  | { kind: 'prepare'; count: number; body: string; serverKeyHex: string }
  | { kind: 'read'; file: string; size: number }
  | { kind: 'run'; order: LoadOrder };

type GeneratorAnswer = { kind: 'done'; result: LoadResult | null } | { kind: 'failed'; reason: string };

export type Generator = {
  /** Signs and writes this many requests for `run` to send; those of before are forgotten. */
  prepare(requests: { count: number; body: string; serverKeyHex: string }): Promise<void>;
  /** Takes the requests of a file, one after the other and each of that many bytes, in place of those of before. */
  read(requests: { file: string; size: number }): Promise<void>;
  run(order: LoadOrder): Promise<LoadResult>;
};

/** Above this share of a core the generator, and no longer the server, may be what limits the figures. */
const OWN_CPU_MAX = 0.95;

/** Starts the load generator as a process of its own. */
export function startGenerator(closers: Closers): Generator {
  const child = fork(join(import.meta.dirname, 'generator-program.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  closers.add(async () => void child.kill('SIGKILL'));
  const ask = (message: GeneratorMessage): Promise<LoadResult | null> =>
    new Promise((resolve, reject) => {
      const onExit = (): void => reject(new Unmeasured('The load generator ended by itself.'));
      child.once('exit', onExit);
      child.once('message', (answer: GeneratorAnswer) => {
        child.off('exit', onExit);
        if (answer.kind === 'done') resolve(answer.result);
        else reject(new Unmeasured(`The load generator failed: ${answer.reason}`));
      });
      child.send(message);
    });
  return {
    prepare: async (requests) => void (await ask({ kind: 'prepare', ...requests })),
    read: async (requests) => void (await ask({ kind: 'read', ...requests })),
    run: async (order) => requireResult(await ask({ kind: 'run', order })),
  };
}

function requireResult(result: LoadResult | null): LoadResult {
  if (result === null) throw new Unmeasured('The load generator had nothing prepared.');
  return result;
}

/** Throws Unmeasured where the generator, and not the server, decided about the figures. */
export function requireSound(name: string, result: LoadResult): void {
  if (result.failures > 0) throw new Unmeasured(`${name}: ${result.failures} requests failed, the first with: ${result.firstFailure}`);
  if (result.ranOut) throw new Unmeasured(`${name}: the prepared requests were used up before the time was over; raise --rateMax.`);
  if (result.ownCpu > OWN_CPU_MAX) {
    throw new Unmeasured(`${name}: the load generator used ${Math.round(result.ownCpu * 100)} % of a core, so it may have been the limit.`);
  }
}
