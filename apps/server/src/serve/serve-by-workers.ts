import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../platform/start-problem.ts';
import type { Serving, StartServing } from './serve-here.ts';
import { isFromWorker } from './worker-messages.ts';
import type { ToWorker } from './worker-messages.ts';

const RESTART_MIN_MS = 500;
const RESTART_MAX_MS = 10_000;
/** A worker that lived so long did not die of its start: the next pause is short again. */
const SETTLED_MS = 60_000;
/** What a worker may take beyond its own limit before it is killed. */
const GRACE_MS = 5_000;

/**
 * Serves by `processes` workers that share the port. A worker that dies is replaced, after a pause that grows while
 * they keep dying; one that dies before any has listened ends the start.
 */
export async function serveByWorkers({ config, database, paymentsUrl, print }: StartServing): Promise<Serving> {
  let isStopping = false;
  let pauseMs = RESTART_MIN_MS;
  const begin: ToWorker = { kind: 'begin', database: { url: database.url, directUrl: database.directUrl }, paymentsUrl };

  function replaceWhenDead(worker: Worker, bornAt: number): void {
    worker.once('exit', async (status, signal) => {
      if (isStopping) return;
      pauseMs = performance.now() - bornAt > SETTLED_MS ? RESTART_MIN_MS : Math.min(pauseMs * 2, RESTART_MAX_MS);
      print(`Worker ${worker.process.pid} ended (${signal ?? status}); another starts in ${pauseMs} ms.`);
      await sleep(pauseMs);
      if (!isStopping) startWorker();
    });
  }

  function startWorker(): Worker {
    const worker = cluster.fork();
    worker.send(begin);
    return worker;
  }

  cluster.on('fork', (worker) => worker.on('error', () => {})); // A message to a worker that is just ending.
  const first = Array.from({ length: config.processes }, startWorker);
  const ports = await Promise.all(first.map(untilListening)).catch(async (error: unknown) => {
    isStopping = true;
    await stopWorkers(config.shutdownMs);
    throw error;
  });
  for (const worker of first) replaceWhenDead(worker, performance.now());
  cluster.on('fork', (worker) => replaceWhenDead(worker, performance.now()));
  return {
    port: ports[0] ?? config.http.port,
    close: () => {
      isStopping = true;
      return stopWorkers(config.shutdownMs);
    },
  };
}

/** A worker says by its exit that it cannot start; it has printed why. */
function untilListening(worker: Worker): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: unknown) => {
      if (isFromWorker(message)) resolve(message.port);
    });
    worker.once('exit', (status) => reject(new StartProblem(`A worker process ended during the start (exit status ${status}).`)));
  });
}

async function stopWorkers(shutdownMs: number): Promise<void> {
  const stop: ToWorker = { kind: 'stop' };
  const workers = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined);
  const ended = workers.map((worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())));
  for (const worker of workers) if (worker.isConnected()) worker.send(stop);
  const killer = setTimeout(() => {
    for (const worker of workers) worker.process.kill('SIGKILL');
  }, shutdownMs + GRACE_MS);
  await Promise.all(ended);
  clearTimeout(killer);
}
