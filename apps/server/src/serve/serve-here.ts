import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { App } from './app.ts';

export type Serving = {
  port: number;
  close(): Promise<void>;
};

export type StartServing = {
  config: Config;
  database: { url: string; directUrl: string };
  paymentsUrl: string;
  compose: () => Promise<App>;
  print: (line: string) => void;
};

/** Serves in this process. */
export async function serveHere({ config, compose, print }: StartServing): Promise<Serving> {
  const app = await compose();
  const { port } = await app.listen();
  return { port, close: () => closeWithin(app, config.shutdownMs, print) };
}

/** What closing may take after requests in flight have had their time: the lanes, the pools. */
const CLOSING_MS = 2_000;

/** Closes the app, for at most so long: what is still in flight then is cut off by the exit. */
export async function closeWithin(app: App, mostMs: number, print: (line: string) => void): Promise<void> {
  const closing = app.close();
  closing.catch(() => {}); // When it fails too late to be told, the exit is near.
  const timer = new AbortController();
  const late = sleep(mostMs + CLOSING_MS, 'late' as const, { signal: timer.signal }).catch(() => 'closed' as const);
  try {
    const first = await Promise.race([closing, late]);
    if (first === 'late') print(`Not everything in flight ended within ${mostMs} ms; it is cut off.`);
  } finally {
    timer.abort();
  }
}
