import cluster from 'node:cluster';
import { ConfigError, loadConfig } from '../config.ts';
import type { Config } from '../config.ts';
import { explainStartError } from '../platform/start-problem.ts';
import type { Compose } from './app.ts';
import { flagsHelp, readFlags } from './flags.ts';
import { serve } from './serve.ts';
import { serveAsWorker } from './serve-as-worker.ts';
import { listenForStop } from './stop-request.ts';

/** `serve`: starts a server and answers the exit status when it has stopped. */
export async function run(args: readonly string[]): Promise<number> {
  const { compose } = await import('../compose.ts');
  return runServe(args, compose);
}

/** The same with a composition of the caller's. */
export async function runServe(args: readonly string[], compose: Compose): Promise<number> {
  const flags = readFlags(args);
  if (flags.kind === 'help') {
    print(`npm start -- [flags]\n\n${flagsHelp()}`);
    return 0;
  }
  if (flags.kind === 'wrong') throw new ConfigError(flags.problems);
  const config = loadConfig(undefined, flags.overrides);
  try {
    if (cluster.isWorker) await serveAsWorker({ config, compose, print });
    else await serveAsPrimary(config, compose);
    return 0;
  } catch (error) {
    throw explainStartError(error, config.home);
  }
}

async function serveAsPrimary(config: Config, compose: Compose): Promise<void> {
  let abandon = (): void => {};
  const stop = listenForStop(() => {
    abandon();
    process.exit(130);
  });
  // A bug that nobody caught ends the process; it must not leave the database running behind it.
  process.once('uncaughtExceptionMonitor', () => abandon());
  await serve({
    config,
    compose,
    stop,
    print,
    onDatabase: (way) => {
      abandon = way;
    },
  });
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
