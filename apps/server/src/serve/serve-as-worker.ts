import type { Config } from '../config.ts';
import type { Compose } from './app.ts';
import { loadSecrets } from './secrets.ts';
import { closeWithin } from './serve-here.ts';
import { isToWorker } from './worker-messages.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

export type WorkerOptions = { config: Config; compose: Compose; print: (line: string) => void };

/**
 * One worker of `--processes`: waits for the primary's word to begin, serves, and ends at its word. Signals are the
 * primary's business, since Ctrl-C reaches all of them at once; without a primary it ends by itself.
 */
export async function serveAsWorker({ config, compose, print }: WorkerOptions): Promise<void> {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  const words = listenToPrimary();
  const database = await words.begin;
  const app = await compose({ config, database, secrets: loadSecrets(config) });
  const { port } = await app.listen();
  const listening: FromWorker = { kind: 'listening', port };
  process.send?.(listening);
  await words.stop;
  await closeWithin(app, config.shutdownMs, print);
}

/** Heard from the first moment on, so that no word is lost while another is acted upon. */
function listenToPrimary(): { begin: Promise<{ url: string; directUrl: string }>; stop: Promise<void> } {
  const begin = Promise.withResolvers<{ url: string; directUrl: string }>();
  const stop = Promise.withResolvers<void>();
  process.on('message', (message: unknown) => {
    if (isToWorker(message)) hear(message);
  });
  function hear(message: ToWorker): void {
    if (message.kind === 'begin') begin.resolve(message.database);
    else stop.resolve();
  }
  return { begin: begin.promise, stop: stop.promise };
}
