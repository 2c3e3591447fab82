import { setTimeout as sleep } from 'node:timers/promises';
import { parseJson } from './parse-json.ts';
import type { Buyer } from './buyer.ts';
import type { Call, HttpClient } from './http/client.ts';
import type { Reply } from './http/connection.ts';
import type { World } from './world.ts';

export type Question = Pick<Call, 'kind' | 'method' | 'path' | 'token' | 'key' | 'body'> &
  Partial<Pick<Call, 'isNewcomer' | 'timeoutMs'>> & {
    /** Who is asked, if not the server. */
    at?: HttpClient;
  };

export type Manners = {
  /** Leaves in the middle of the first try, and asks again later. */
  vanishes: { afterMs: number; awayShare: number } | null;
};

export const PLAIN: Manners = { vanishes: null };

export type Known = { kind: 'known'; status: number; body: unknown; isReplayed: boolean };
export type Answered = Known | { kind: 'unknown' };

const TIMEOUT_MS = 10_000;
const HASTY_TIMEOUT_MS = 250;
/** Long enough for a server to be started again and to recover; after it the outcome counts as unknown. */
const PATIENCE_MS = 45_000;
const PAUSE_MS = 100;
const PAUSE_MS_MAX = 2_000;

/** Asks with the same key until there is a verdict: no connection, no answer in time and "come later" are none. */
export async function ask(world: World, buyer: Buyer, question: Question, manners: Manners = PLAIN): Promise<Answered> {
  const givesUpMs = performance.now() + PATIENCE_MS;
  for (let tries = 0; ; tries += 1) {
    const vanishes = tries === 0 ? manners.vanishes : null;
    const call = { isNewcomer: false, timeoutMs: timeoutOf(buyer, tries), ...question, vanishAfterMs: vanishes?.afterMs ?? null };
    const reply = await (question.at ?? world.http).send(call);
    const verdict = findVerdict(world, question, reply);
    if (verdict) return verdict;
    if (performance.now() > givesUpMs) return giveUp(world, buyer, question, reply);
    await sleep(reply.kind === 'vanished' ? (vanishes?.awayShare ?? 0) * world.holdMs : pauseOf(buyer, reply, tries));
  }
}

function timeoutOf({ habits }: Buyer, tries: number): number {
  return habits.isHasty ? Math.min(TIMEOUT_MS, HASTY_TIMEOUT_MS * 2 ** tries) : TIMEOUT_MS;
}

function pauseOf({ random }: Buyer, reply: Reply, tries: number): number {
  const asked = reply.kind === 'answer' ? (reply.answer.retryAfterSeconds ?? 0) * 1000 : 0;
  return asked + Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** tries) * (0.5 + random());
}

function findVerdict({ tally, promises }: World, question: Question, reply: Reply): Known | null {
  switch (reply.kind) {
    case 'answer':
      break;
    case 'timeout':
      tally.count('answers not waited for');
      return null;
    case 'dropped':
      tally.count('connections lost');
      return null;
    case 'vanished':
      tally.count('vanished in a request');
      return null;
  }
  const { status, isReplayed } = reply.answer;
  if (isLater(status)) {
    tally.count('asked to come later');
    return null;
  }
  if (status >= 500) {
    promises.broken('no_server_error', `${question.method} ${question.path}: ${status} ${reply.answer.body.slice(0, 200)}`);
    return null;
  }
  if (isReplayed) tally.count('repeats answered as before');
  return { kind: 'known', status, body: parseJson(reply.answer.body), isReplayed };
}

/** The server has no verdict yet: busy, or it waited in vain for the request's end. */
function isLater(status: number): boolean {
  return status === 503 || status === 429 || status === 408;
}

function giveUp({ promises }: World, buyer: Buyer, question: Question, reply: Reply): Answered {
  const last = reply.kind === 'answer' ? String(reply.answer.status) : reply.kind === 'dropped' ? reply.reason : reply.kind;
  buyer.isUnanswered = true;
  promises.broken(
    'outcome_known',
    `buyer ${buyer.index}, ${question.kind}, key ${question.key}: the last of many tries ended with ${last}`,
  );
  return { kind: 'unknown' };
}
