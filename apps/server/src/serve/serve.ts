import type { Config } from '../config.ts';
import type { Compose } from './app.ts';
import { checkPort } from './check-port.ts';
import { collectCleanups } from './cleanups.ts';
import type { Cleanups } from './cleanups.ts';
import { lockHome } from './home.ts';
import { openDatabase } from './open-database.ts';
import { checkPayments, openPayments } from './open-payments.ts';
import { printAddresses, shownUrl } from './addresses.ts';
import { loadSecrets } from './secrets.ts';
import { seedOnFirstStart } from './seed-demo.ts';
import { serveHere } from './serve-here.ts';
import { serveByWorkers } from './serve-by-workers.ts';
import type { StopRequest } from './stop-request.ts';

export type ServeOptions = {
  config: Config;
  compose: Compose;
  stop: StopRequest;
  print: (line: string) => void;
  /** Told how to let go of the database at once, when there is no time to stop in order. */
  onDatabase: (abandon: () => void) => void;
};

/**
 * Starts everything, serves until asked to stop, and stops in the reverse order: HTTP first, PostgreSQL last.
 * A wish to stop that comes during the start is granted at its next step. Throws StartProblem.
 */
export async function serve(options: ServeOptions): Promise<void> {
  const cleanups = collectCleanups();
  try {
    await startAndWait(options, cleanups);
  } finally {
    await cleanups.run();
  }
}

async function startAndWait(options: ServeOptions, cleanups: Cleanups): Promise<void> {
  const { config, compose, stop, print } = options;
  checkPayments(config);
  const lock = lockHome(config.home);
  cleanups.add(() => lock.release());
  await checkPort(config.http);
  const secrets = loadSecrets(config);
  const database = await openDatabase(config, print);
  options.onDatabase(database.abandon);
  cleanups.add(async () => {
    if (database.isEmbedded) print('Stopping PostgreSQL …');
    await database.stop();
  });
  if (stop.isAsked) return;
  await seedOnFirstStart({ config, database, print, app: () => compose({ config, database, secrets }) });
  if (stop.isAsked) return;
  const payments = await openPayments(config, secrets, print);
  cleanups.add(payments.stop);
  const start = config.processes === 1 ? serveHere : serveByWorkers;
  const composed = () => compose({ config, database, secrets, payments: payments.access });
  const serving = await start({ config, database, paymentsUrl: payments.access.url, compose: composed, print });
  cleanups.add(serving.close);
  payments.onListening(serving.port);
  const url = shownUrl(config.http.host, serving.port);
  lock.write({ url });
  printAddresses(url, config, print);
  await stop.asked;
  print('Stopping: no new requests, finishing those in flight …');
}
