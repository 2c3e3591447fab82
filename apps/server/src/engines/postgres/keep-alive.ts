import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from '../../platform/processes.ts';
import { askToEnd, endServer } from './end-server.ts';
import { launchServer } from './launch-server.ts';
import type { Launch } from './launch-server.ts';
import { removeRunFolder } from './places.ts';

const LOOK_MS = 200;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 10_000;

export type KeptServer = { pid(): number; stop(): Promise<void>; abandon(): void };

/**
 * Looks after a running server. watching → (it died) → starting again, with growing pauses → watching; `stop` ends
 * either state. It looks instead of listening for the exit, because an adopted server is no child of ours.
 */
export function keepAlive(firstPid: number, launch: Launch): KeptServer {
  let pid = firstPid;
  let restart: Promise<void> | null = null;
  const stopping = new AbortController();

  const timer = setInterval(() => {
    if (restart !== null || isAlive(pid)) return;
    launch.log(`PostgreSQL (process ${pid}) ended unexpectedly: starting it again …`);
    restart = startAgain().finally(() => {
      restart = null;
    });
  }, LOOK_MS);
  timer.unref();

  async function startAgain(): Promise<void> {
    for (let pauseMs = RETRY_MIN_MS; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, RETRY_MAX_MS)) {
      try {
        pid = await launchServer(launch);
        launch.log(`PostgreSQL runs again (process ${pid}).`);
        return;
      } catch (error) {
        launch.log(error instanceof Error ? error.message : String(error));
        await pause(pauseMs, stopping.signal);
      }
    }
  }

  function stopLooking(): void {
    stopping.abort();
    clearInterval(timer);
  }

  async function stop(): Promise<void> {
    stopLooking();
    await restart;
    await endServer({ pid, data: launch.places.data });
    removeRunFolder(launch.places);
  }

  function abandon(): void {
    stopLooking();
    askToEnd({ pid, data: launch.places.data });
  }

  return { pid: () => pid, stop, abandon };
}

async function pause(pauseMs: number, until: AbortSignal): Promise<void> {
  await sleep(pauseMs, undefined, { signal: until }).catch(() => {}); // Woken early: the caller looks why.
}
