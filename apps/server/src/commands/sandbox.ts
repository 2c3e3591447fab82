import { mkdirSync } from 'node:fs';
import { loadConfig, type Config } from '../config.ts';
import { startSandbox, type Sandbox } from '../engines/payments/index.ts';
import { explainStartError, StartProblem } from '../platform/start-problem.ts';
import { runSandboxChild } from '../serve/sandbox-child.ts';
import { CHILD_FLAG } from '../serve/sandbox-messages.ts';
import { sandboxOptions } from '../serve/sandbox-options.ts';
import { loadSecrets } from '../serve/secrets.ts';
import { listenForStop } from '../serve/stop-request.ts';

const HELP = `npm run sandbox

Runs the payment sandbox by itself until Ctrl-C: a payment provider in which no money moves. A server starts one of its
own; give PAYMENTS_URL to servers that shall use this one. Settings: docs/configuration.md; cards: docs/sandbox.md`;

/** `sandbox`: a payment provider in which no money moves, as a program of its own. */
export async function run(args: readonly string[]): Promise<number> {
  const [first, ...others] = args;
  if (first === CHILD_FLAG) return runSandboxChild(print);
  if (first === '--help' || first === '-h') {
    print(HELP);
    return 0;
  }
  if (first !== undefined) throw new StartProblem(`"${[first, ...others].join(' ')}" is nothing that \`sandbox\` takes.`);
  return runAlone();
}

async function runAlone(): Promise<number> {
  const stop = listenForStop(() => process.exit(130));
  const config = loadConfig();
  const failed = Promise.withResolvers<'failed'>();
  const sandbox = await startIn(config, () => failed.resolve('failed'));
  print(`The payment sandbox is ready: ${sandbox.url}. No money moves. Ctrl-C stops it.`);
  const why = await Promise.race([stop.asked.then(() => 'asked' as const), failed.promise]);
  await sandbox.close();
  return why === 'asked' ? 0 : 1;
}

async function startIn(config: Config, onFailure: () => void): Promise<Sandbox> {
  try {
    mkdirSync(config.home, { recursive: true, mode: 0o700 });
    return await startSandbox({ ...sandboxOptions(config, loadSecrets(config).serverKey), log: print, onFailure });
  } catch (error) {
    throw explainStartError(error, config.home);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
