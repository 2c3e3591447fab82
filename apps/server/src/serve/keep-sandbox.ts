import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '../platform/start-problem.ts';
import { CHILD_FLAG, isFromSandbox, type SandboxSettings, type ToSandbox } from './sandbox-messages.ts';

const PROGRAM = join(import.meta.dirname, '..', 'main.ts');
/** Young objects of a call are dead before this is full. */
const CHILD_FLAGS = ['--max-semi-space-size=16'];
const RESTART_MIN_MS = 100;
const RESTART_MAX_MS = 10_000;
/** A sandbox that lived so long did not die of its start: the next pause is short again. */
const SETTLED_MS = 60_000;
const STOP_MS = 5_000;

export type KeptSandbox = {
  url: string;
  /** Where webhooks go, once that is known. */
  setWebhookUrls(urls: readonly string[]): void;
  stop(): Promise<void>;
};

type Child = { process: ChildProcess; ended: Promise<string> };

/**
 * Runs the sandbox as a child of this process: starting → running → (it died) → starting again at the same port, with
 * growing pauses → running; `stop` ends all. The child ends by itself when this process does, however that comes.
 * Throws StartProblem if the first start fails.
 */
export async function keepSandbox(given: SandboxSettings, print: (line: string) => void): Promise<KeptSandbox> {
  let settings = given;
  let child = spawnChild();
  let isStopping = false;
  const first = await untilListening(child, settings);
  settings = { ...settings, port: first.port };
  void watch();

  async function watch(): Promise<void> {
    for (let pauseMs = RESTART_MIN_MS; ; ) {
      const bornAt = performance.now();
      const how = await child.ended;
      if (isStopping) return;
      pauseMs = performance.now() - bornAt > SETTLED_MS ? RESTART_MIN_MS : Math.min(pauseMs * 2, RESTART_MAX_MS);
      print(`The payment sandbox ended (${how}); another starts in ${pauseMs} ms.`);
      await sleep(pauseMs);
      if (isStopping) return;
      child = spawnChild();
      await untilListening(child, settings).catch((error: unknown) => print(error instanceof Error ? error.message : String(error)));
    }
  }

  return {
    url: first.url,
    setWebhookUrls: (urls) => {
      settings = { ...settings, webhookUrls: urls };
      send(child, { kind: 'webhooks', urls });
    },
    stop: async () => {
      isStopping = true;
      await endChild(child);
    },
  };
}

function spawnChild(): Child {
  const spawned = fork(PROGRAM, ['sandbox', CHILD_FLAG], { execArgv: CHILD_FLAGS, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<string>((resolve) => {
    spawned.once('error', (error) => resolve(error.message));
    spawned.once('exit', (status, signal) => resolve(String(signal ?? status)));
  });
  return { process: spawned, ended };
}

async function untilListening(child: Child, settings: SandboxSettings): Promise<{ url: string; port: number }> {
  const listening = new Promise<{ url: string; port: number }>((resolve, reject) => {
    child.process.on('message', (message: unknown) => {
      if (!isFromSandbox(message)) return;
      if (message.kind === 'listening') resolve(message);
      else reject(new StartProblem(message.sentence));
    });
  });
  send(child, { kind: 'begin', settings });
  const early = child.ended.then((how) => {
    throw new StartProblem(`The payment sandbox ended during its start (${how}).`);
  });
  return Promise.race([listening, early]);
}

/** A message to a child that is just ending is lost, like the child. */
function send(child: Child, message: ToSandbox): void {
  if (child.process.connected) child.process.send(message, () => {});
}

async function endChild(child: Child): Promise<void> {
  if (child.process.connected) child.process.disconnect();
  const killer = setTimeout(() => child.process.kill('SIGKILL'), STOP_MS);
  await child.ended;
  clearTimeout(killer);
}
