import { randomInt } from 'node:crypto';
import { loadConfig, type Config } from '../config.ts';
import { buildSandboxClient, type PaymentProvider } from '../engines/payments/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { StartProblem } from '../platform/start-problem.ts';
import { HELP, parseOptions, type CommandOptions } from '../rush/options.ts';
import { runReconcile } from '../rush/reconcile.ts';
import { reportOf } from '../rush/report.ts';
import { runRush } from '../rush/run-rush.ts';
import { findOrStartServer, type Target } from '../rush/target.ts';
import type { MoneyBooks } from '../rush/check-money.ts';
import { findRunningServer } from '../serve/home.ts';
import { findPayments } from '../serve/sandbox-options.ts';
import { readInternalSecret, readServerKey } from '../serve/secrets.ts';

/** `rush`: lets a crowd of simulated buyers at a server. Exit status 1 where a promise was broken, or nothing could be tried. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = parseOptions(args);
  switch (parsed.kind) {
    case 'help':
      print(HELP);
      return 0;
    case 'wrong':
      throw new StartProblem(parsed.problem);
    case 'run':
      return rushAt(parsed.options, loadConfig());
  }
}

async function rushAt(options: CommandOptions, config: Config): Promise<number> {
  const target = await findTarget(options, config);
  const onSignal = (): void => {
    void target.stop().finally(() => process.exit(130));
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    return await rushWithBooks(options, target, config);
  } finally {
    process.removeListener('SIGINT', onSignal);
    process.removeListener('SIGTERM', onSignal);
    await target.stop();
  }
}

/** The provider's own word is to be had where its key is: in this folder. */
async function rushWithBooks(options: CommandOptions, target: Target, config: Config): Promise<number> {
  const secret = secretFor(options, target, config);
  const provider = isOfThisFolder(options, target, config) ? findProvider(config) : null;
  const books: MoneyBooks = { listMovements: provider?.listMovements ?? null, reconcile: provider && runReconcile };
  try {
    return await rush(options, target, { secret, books });
  } finally {
    provider?.close();
  }
}

function findProvider(config: Config): PaymentProvider | null {
  const serverKey = readServerKey(config);
  const access = serverKey && findPayments(config, serverKey);
  return access && buildSandboxClient(access);
}

type Means = { secret: string; books: MoneyBooks };

async function rush(options: CommandOptions, target: Target, { secret, books }: Means): Promise<number> {
  const { buyers, capacity, connections, holdSeconds } = options;
  const seed = options.seed ?? randomInt(2 ** 32);
  print(`Rush at ${target.url}: --buyers ${buyers} --capacity ${capacity} --seed ${seed}`);
  const url = new URL(target.url);
  const result = await runRush({
    url,
    secret,
    buyers,
    capacity,
    seed,
    connections,
    holdSeconds,
    books,
    clock: systemClock,
    screen: process.stdout,
  });
  print(`\n${reportOf(result)}`);
  return result.world.promises.breaches().length === 0 ? 0 : 1;
}

async function findTarget({ target }: CommandOptions, config: Config): Promise<Target> {
  return target === null ? findOrStartServer(config.home) : { url: target, isOwn: false, stop: async () => {} };
}

/** The secret of this folder is told to the server of this folder and to no other. */
function secretFor(options: CommandOptions, target: Target, config: Config): string {
  const isOwn = isOfThisFolder(options, target, config);
  const secret = options.secret ?? (isOwn ? readInternalSecret(config) : config.internalSecret);
  if (secret !== null) return secret;
  throw new StartProblem('The rush makes an event first: give the internal secret of the target with --secret or TESSERA_INTERNAL_SECRET.');
}

function isOfThisFolder({ target: given }: CommandOptions, { url }: Target, { home }: Config): boolean {
  return given === null || findRunningServer(home)?.url === url;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
