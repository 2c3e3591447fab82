import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { ChainMessage } from './chain-program.ts';
import type { ChainResult } from './chain-load.ts';
import type { Closers } from './closers.ts';
import { Unmeasured } from './unmeasured.ts';

type ChainAnswer = { kind: 'done'; result: ChainResult } | { kind: 'failed'; reason: string };

export type ChainGenerator = { run(message: ChainMessage): Promise<ChainResult> };

/** Starts the buyers who go all the way as a process of its own. */
export function startChainGenerator(closers: Closers): ChainGenerator {
  const child = fork(join(import.meta.dirname, 'chain-program.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  closers.add(async () => void child.kill('SIGKILL'));
  return {
    run: (message) =>
      new Promise((resolve, reject) => {
        const onExit = (): void => reject(new Unmeasured('The buyers ended by themselves.'));
        child.once('exit', onExit);
        child.once('message', (answer: ChainAnswer) => {
          child.off('exit', onExit);
          if (answer.kind === 'done') resolve(answer.result);
          else reject(new Unmeasured(`The buyers failed: ${answer.reason}`));
        });
        child.send(message);
      }),
  };
}
