import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Clock } from '../../../platform/clock/index.ts';
import { takeLock } from '../../../platform/lock-file.ts';
import type { Random } from '../../../platform/random.ts';
import { StartProblem } from '../../../platform/start-problem.ts';
import { buildSignatures } from '../signatures.ts';
import { buildDelivery, RETRY, type Delivery, type Retry } from './deliver.ts';
import { buildDesk, type Desk } from './desk.ts';
import { buildFaults, type FaultKind, type Faults } from './faults.ts';
import { buildHttpFace } from './http-face.ts';
import { openJournal, type Journal } from './journal.ts';
import { listen } from './listen.ts';
import { buildPoster } from './post-notification.ts';
import { readJournal } from './read-journal.ts';
import type { Change } from './records.ts';
import { applyChange, emptyState, type State } from './state.ts';

export type SandboxOptions = {
  /** With `live` it refuses to start. */
  mode: 'test' | 'live';
  host?: string;
  /** 0 takes any free one; null the one that the folder keeps. */
  port: number | null;
  /** Where people open its pages, if not at its own address. */
  publicUrl?: string | null;
  /** Made if missing; one sandbox at a time runs from it. */
  journalFolder: string;
  account: string;
  apiKey: string;
  /** Notifications are signed with every one of them; at least one. */
  secrets: readonly string[];
  /** Null: not known yet; what is to be told waits for `setWebhookUrls`. */
  webhookUrls: readonly string[] | null;
  clock: Clock;
  random: Random;
  log: (line: string) => void;
  /** Whether answers wait for the disk; true unless told. */
  durable?: boolean;
  /** How long what takes time takes, in percent; 100 unless told. */
  timePercent?: number;
  retry?: Partial<Retry>;
  /** Told when the journal cannot be written any more; the sandbox has stopped answering by then. */
  onFailure?: (error: Error) => void;
};

export type Sandbox = {
  url: string;
  port: number;
  /** Pretends for so long; `none` ends it. */
  setFault(kind: FaultKind, ms: number): void;
  /** Where it tells from now on what it has not begun to tell yet. */
  setWebhookUrls(urls: readonly string[]): void;
  /** Notifications that have not arrived yet. */
  pendingNotifications(): number;
  close(): Promise<void>;
};

/** As many confirmations as a rush has in flight. */
const POSTS_AT_ONCE_MAX = 256;

/** Starts the payment provider in which no money moves. Throws StartProblem. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  if (options.mode === 'live') {
    throw new StartProblem('The payment sandbox moves no money: it does not run with TESSERA_MODE=live. Set TESSERA_MODE=test to use it.');
  }
  const release = lockFolder(options.journalFolder);
  try {
    return await open(options, release);
  } catch (error) {
    release();
    throw error;
  }
}

async function open(options: SandboxOptions, release: () => void): Promise<Sandbox> {
  const { clock, random, account } = options;
  const path = join(options.journalFolder, 'journal.jsonl');
  const state = stateOf(path);
  const poster = buildPoster({ signatures: buildSignatures(options.secrets), clock, connectionsMax: POSTS_AT_ONCE_MAX });
  const journal = openJournal({ path, durable: options.durable ?? true, onFailure: (error) => fail(error) });
  const delivery = buildDelivery({
    urls: options.webhookUrls,
    post: poster.post,
    clock,
    random,
    concurrencyMax: POSTS_AT_ONCE_MAX,
    retry: { ...RETRY, ...options.retry },
    onSent: (id) => {
      const change: Change = { sent: [id] };
      applyChange(state, change);
      journal.note(change);
    },
  });
  let ownUrl = '';
  const publicUrl = (): string => options.publicUrl ?? ownUrl;
  const desk = buildDesk({ state, journal, delivery, clock, account, timePercent: options.timePercent ?? 100, publicUrl });
  const faults = buildFaults((kind) => delivery.setPaused(kind === 'down'));
  const server = buildHttpFace({ desk, faults, apiKey: options.apiKey, journal, log: options.log });
  const parts: Parts = { server, desk, delivery, faults, poster, journal, release };

  function fail(error: Error): void {
    options.log(`The sandbox cannot write its journal and stops: ${error.message}`);
    server.close();
    server.closeAllConnections();
    options.onFailure?.(error);
  }

  const { host = '127.0.0.1', journalFolder: folder } = options;
  const port = await listen(server, { host, port: options.port, folder, random }).catch((error: unknown) => {
    journal.close();
    throw error;
  });
  ownUrl = `http://${host}:${port}`;
  desk.resume();
  return {
    url: ownUrl,
    port,
    setFault: faults.set,
    setWebhookUrls: delivery.setUrls,
    pendingNotifications: () => state.sends.size,
    close: () => closeAll(parts),
  };
}

function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const taken = takeLock(join(folder, 'lock.json'), {});
  if (taken.kind === 'taken') return () => taken.lock.release();
  throw new StartProblem(`A payment sandbox already runs from ${folder} (process ${taken.holder.pid}). Stop it first.`);
}

function stateOf(path: string): State {
  const state = emptyState();
  readJournal(path, (line) => applyChange(state, line as Change));
  return state;
}

type Parts = {
  server: Server;
  desk: Desk;
  delivery: Delivery;
  faults: Faults;
  poster: { close(): void };
  journal: Journal;
  release: () => void;
};

async function closeAll({ server, desk, delivery, faults, poster, journal, release }: Parts): Promise<void> {
  desk.close();
  delivery.close();
  faults.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
  poster.close();
  journal.close();
  release();
}
