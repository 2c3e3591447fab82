import type { Config } from '../config.ts';
import { paymentsAccess } from '../engines/payments/index.ts';
import type { Compose } from './app.ts';
import { loadSecrets } from './secrets.ts';
import { closeWithin } from './serve-here.ts';
import { isToWorker } from './worker-messages.ts';
import type { Begin, FromWorker, ToWorker } from './worker-messages.ts';

export type WorkerOptions = { config: Config; compose: Compose; print: (line: string) => void };

/**
 * One worker of `--processes`: waits for the primary's word to begin, serves, and ends at its word. Signals are the
 * primary's business, since Ctrl-C reaches all of them at once; without a primary it ends by itself.
 */
export async function serveAsWorker({ config, compose, print }: WorkerOptions): Promise<void> {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  const words = listenToPrimary();
  const { database, paymentsUrl } = await words.begin;
  const secrets = loadSecrets(config);
  const payments = paymentsAccess(paymentsUrl, config.payments, secrets.serverKey);
  const app = await compose({ config, database, secrets, payments });
  const { port } = await app.listen();
  const listening: FromWorker = { kind: 'listening', port };
  process.send?.(listening);
  await words.stop;
  await closeWithin(app, config.shutdownMs, print);
}

/** Heard from the first moment on, so that no word is lost while another is acted upon. */
function listenToPrimary(): { begin: Promise<Begin>; stop: Promise<void> } {
  const begin = Promise.withResolvers<Begin>();
  const stop = Promise.withResolvers<void>();
  process.on('message', (message: unknown) => {
    if (isToWorker(message)) hear(message);
  });
  function hear(message: ToWorker): void {
    if (message.kind === 'begin') begin.resolve(message);
    else stop.resolve();
  }
  return { begin: begin.promise, stop: stop.promise };
}
