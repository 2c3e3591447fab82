import { randomUUID } from 'node:crypto';
import { CARD_TIMES, type CardTime } from './cards.ts';

/** What a call needs beside the state. */
export type Context = {
  account: string;
  nowMs: number;
  /** A new id that nobody can guess. */
  newId(prefix: string): string;
  /** When something that takes so long has happened. */
  after(time: CardTime): number;
};

export type ContextOptions = { account: string; nowMs: number; timePercent: number };

export function buildContext({ account, nowMs, timePercent }: ContextOptions): Context {
  return { account, nowMs, newId, after: (time) => nowMs + (CARD_TIMES[time] * timePercent) / 100 };
}

function newId(prefix: string): string {
  return `${prefix}_${randomUUID().replaceAll('-', '')}`;
}
