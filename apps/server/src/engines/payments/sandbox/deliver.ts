import type { Clock } from '../../../platform/clock/index.ts';
import type { Random } from '../../../platform/random.ts';
import { presentNotification } from '../wire/wire-notification.ts';
import { buildFifo } from '../http/fifo.ts';
import { jsonText } from './answers.ts';
import type { Send } from './records.ts';
import { buildTimers } from './timers.ts';

export type Post = (url: URL, body: string) => Promise<boolean>;

export type DeliveryOptions = {
  /** Null: not known yet, what is added waits. */
  urls: readonly string[] | null;
  /** Answers whether the listener took it (2xx). Never rejects. */
  post: Post;
  clock: Clock;
  random: Random;
  /** At most so many posts at once. */
  concurrencyMax: number;
  retry: Retry;
  /** Told when a send has arrived everywhere, or was given up. */
  onSent: (sendId: string) => void;
};

/** The pause doubles from `firstMs` to `mostMs`, each time a random part of it, until `forMs` after the notification was made. */
export type Retry = { firstMs: number; mostMs: number; forMs: number };

export const RETRY: Retry = { firstMs: 250, mostMs: 60_000, forMs: 3 * 24 * 60 * 60_000 };

export type Delivery = {
  add(send: Send): void;
  setUrls(urls: readonly string[]): void;
  /** While the sandbox pretends to be down, nothing is sent. */
  setPaused(isPaused: boolean): void;
  close(): void;
};

type Job = { send: Send; url: URL; line: string; tries: number };

/**
 * Posts notifications. Each waits in a line: of its intent, where order is kept, else of its own. The first of a line is
 * waiting for its time → ready → being posted → arrived, or waiting for its next try; then the next of the line begins.
 */
export function buildDelivery({ urls: firstUrls, post, clock, random, concurrencyMax, retry, onSent }: DeliveryOptions): Delivery {
  const lines = new Map<string, Job[]>();
  const ready = buildFifo<Job>();
  const left = new Map<string, number>();
  const timers = buildTimers();
  const held: Send[] = [];
  let urls = firstUrls?.map((url) => new URL(url)) ?? null;
  let posting = 0;
  let isPaused = false;
  let isClosed = false;

  function makeReady(job: Job): void {
    ready.push(job);
    pump();
  }

  function pump(): void {
    while (!isPaused && !isClosed && posting < concurrencyMax) {
      const job = ready.take();
      if (job === undefined) return;
      posting += 1;
      void tryOnce(job);
    }
  }

  async function tryOnce(job: Job): Promise<void> {
    const hasArrived = await post(job.url, jsonText(presentNotification(job.send.notification)));
    posting -= 1;
    job.tries += 1;
    const isTooOld = clock.nowMs() - job.send.notification.createdMs > retry.forMs;
    if (isClosed) return;
    if (hasArrived || isTooOld) finish(job);
    else timers.after(pauseMs(job.tries, retry) * (0.5 + random() / 2), () => makeReady(job));
    pump();
  }

  function finish(job: Job): void {
    const line = lines.get(job.line);
    line?.shift();
    const next = line?.[0];
    if (next === undefined) lines.delete(job.line);
    else begin(next);
    const urlsLeft = (left.get(job.send.id) ?? 1) - 1;
    if (urlsLeft > 0) return void left.set(job.send.id, urlsLeft);
    left.delete(job.send.id);
    onSent(job.send.id);
  }

  function begin(job: Job): void {
    timers.after(job.send.notBeforeMs - clock.nowMs(), () => makeReady(job));
  }

  function add(send: Send): void {
    if (urls === null) {
      held.push(send);
      return;
    }
    left.set(send.id, urls.length);
    for (const [index, url] of urls.entries()) {
      const job: Job = { send, url, line: `${index} ${send.isInOrder ? send.notification.intent.ref : send.id}`, tries: 0 };
      const line = lines.get(job.line);
      if (line !== undefined) line.push(job);
      else {
        lines.set(job.line, [job]);
        begin(job);
      }
    }
  }

  return {
    add,
    setUrls: (wanted) => {
      urls = wanted.map((url) => new URL(url));
      for (const send of held.splice(0)) add(send);
    },
    setPaused: (wanted) => {
      isPaused = wanted;
      pump();
    },
    close: () => {
      isClosed = true;
      timers.close();
    },
  };
}

function pauseMs(tries: number, { firstMs, mostMs }: Retry): number {
  return Math.min(mostMs, firstMs * 2 ** Math.min(tries - 1, 20));
}
