import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Closers } from './closers.ts';
import { Unmeasured } from './unmeasured.ts';

export type ChildServer = {
  name: string;
  port: number;
  /** Memory that the process has now, in MiB; null where the system does not tell. */
  rssMb(): number | null;
  /** Processor time that the process has used so far; null where the system does not tell. */
  cpuMs(): number | null;
  /** What it answers on a path, as text. */
  read(path: string): Promise<string>;
};

export type ChildServerOptions = {
  name: string;
  /** Where its output goes. */
  folder: string;
  port: number;
  /** Arguments of Node: flags, the program, its arguments. */
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** What answers 200 when it is ready. */
  readyPath?: string;
};

const START_MAX_MS = 30_000;
const STOP_MAX_MS = 15_000;

/** Starts a server as a process of its own and waits until it says that it is ready. */
export async function startChildServer(options: ChildServerOptions, closers: Closers): Promise<ChildServer> {
  const log = join(options.folder, `${options.name}.log`);
  const output = openSync(log, 'a', 0o600);
  const child = spawn(process.execPath, options.args, { cwd: options.folder, env: { ...options.env }, stdio: ['ignore', output, output] });
  closeSync(output);
  closers.add(() => stop(child));
  const origin = `http://127.0.0.1:${options.port}`;
  await untilReady({ child, url: origin + (options.readyPath ?? '/health/ready'), name: options.name, log });
  return {
    name: options.name,
    port: options.port,
    rssMb: () => rssMb(child.pid),
    cpuMs: () => cpuMs(child.pid),
    read: async (path) => (await fetch(origin + path)).text(),
  };
}

async function untilReady({ child, url, name, log }: { child: ChildProcess; url: string; name: string; log: string }): Promise<void> {
  const endMs = performance.now() + START_MAX_MS;
  while (child.exitCode === null && child.signalCode === null && performance.now() < endMs) {
    const isReady = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await sleep(50);
  }
  throw new Unmeasured(`${name} did not start:\n${readFileSync(log, 'utf8').slice(-2_000)}`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const impatience = setTimeout(() => child.kill('SIGKILL'), STOP_MAX_MS);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(impatience);
}

/** Linux counts in hundredths of a second, for whoever reads it here. */
const TICK_MS = 10;

function cpuMs(pid: number | undefined): number | null {
  if (process.platform !== 'linux') return null;
  // The second field, the name, may hold spaces; behind it, user and system time are the 12th and 13th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

function rssMb(pid: number | undefined): number | null {
  if (process.platform !== 'linux') return null;
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return found === null ? null : Number(found[1]) / 1024;
}
