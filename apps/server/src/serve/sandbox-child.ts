import { setTimeout as sleep } from 'node:timers/promises';
import { startSandbox, type Sandbox } from '../engines/payments/index.ts';
import { systemClock } from '../platform/clock/index.ts';
import { systemRandom } from '../platform/random.ts';
import { explainStartError, StartProblem } from '../platform/start-problem.ts';
import { isToSandbox, type FromSandbox, type SandboxSettings } from './sandbox-messages.ts';

/** A sandbox that a killed server has left is just about to end; its folder is free a moment later. */
const PATIENCE_MS = 3_000;
const PAUSE_MS = 100;

/**
 * The sandbox as the child of a server: waits for the word to begin, and ends with the server. Signals are the server's
 * business, since Ctrl-C reaches both at once; a server that was killed is known by the channel that closes.
 */
export async function runSandboxChild(print: (line: string) => void): Promise<number> {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
  const ended = Promise.withResolvers<number>();
  const begin = Promise.withResolvers<SandboxSettings>();
  let sandbox: Sandbox | null = null;
  let urls: readonly string[] | null = null;
  process.once('disconnect', () => ended.resolve(0));
  process.on('message', (message: unknown) => {
    if (!isToSandbox(message)) return;
    if (message.kind === 'begin') return begin.resolve(message.settings);
    urls = message.urls;
    sandbox?.setWebhookUrls(urls);
  });
  const settings = await Promise.race([begin.promise, ended.promise]);
  if (typeof settings === 'number') return settings;
  try {
    sandbox = await startPatiently(settings, { print, fail: () => ended.resolve(1) });
  } catch (error) {
    const problem = explainStartError(error, settings.journalFolder);
    if (!(problem instanceof StartProblem)) throw problem;
    tell({ kind: 'refused', sentence: problem.message });
    return 1;
  }
  if (urls !== null) sandbox.setWebhookUrls(urls);
  tell({ kind: 'listening', url: sandbox.url, port: sandbox.port });
  const status = await ended.promise;
  await sandbox.close();
  return status;
}

type Start = { print: (line: string) => void; fail: () => void };

async function startPatiently(settings: SandboxSettings, { print, fail }: Start): Promise<Sandbox> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await startSandbox({ ...settings, clock: systemClock, random: systemRandom, log: print, onFailure: fail });
    } catch (error) {
      const isFinal = !(error instanceof StartProblem) || settings.mode === 'live' || performance.now() > end || !process.connected;
      if (isFinal) throw error;
    }
    await sleep(PAUSE_MS);
  }
}

function tell(message: FromSandbox): void {
  if (process.connected) process.send?.(message);
}
