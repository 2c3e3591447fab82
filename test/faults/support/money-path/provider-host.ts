import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../support/free-port.ts';
import { launchProgram, type TestServer } from '../../../support/server.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** A machine that the payment sandbox runs on, as a program of its own; it may be dead, and keeps its journal. */
export type ProviderHost = {
  readonly port: number;
  readonly url: string;
  up(): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
};

const READY_MAX_MS = 30_000;
/** What takes time takes less: a payment that is processed 1.8 s, a dispute 3 s. */
const TIME_PERCENT = '60';

export async function openProviderHost(env: Readonly<Record<string, string>>, webhookUrl: string): Promise<ProviderHost> {
  const folder = temporaryFolder();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { ...env, SANDBOX_PORT: String(port), SANDBOX_WEBHOOK_URLS: webhookUrl, SANDBOX_TIME_PERCENT: TIME_PERCENT };
  let program: TestServer | null = null;
  const up = async (): Promise<void> => {
    if (program !== null) return;
    program = await launchProgram({ folder: folder.path, env: settings, args: ['sandbox'] });
    const endMs = performance.now() + READY_MAX_MS;
    while (!(await isUp(url))) {
      assert.ok(performance.now() < endMs, `the sandbox does not start:\n${program.output()}`);
      await pause(20);
    }
  };
  await up();
  return {
    port,
    url,
    up,
    kill: async () => {
      const running = program;
      program = null;
      await running?.kill9('server');
    },
    close: async () => {
      const running = program;
      program = null;
      await running?.stop();
      folder.remove();
    },
  };
}

async function isUp(url: string): Promise<boolean> {
  const response = await fetch(`${url}/health`).catch(() => null);
  await response?.arrayBuffer();
  return response?.ok ?? false;
}
