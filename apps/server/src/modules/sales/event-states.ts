import { invariant } from '../../platform/invariant.ts';

/** The states of an event's sale and the moves between them, as data. A desk sells whatever the windows say, at the door above all. */
export const EVENT_STATES = {
  draft: { isPublic: false, isSelling: false, isAtDesk: false, next: ['scheduled', 'published', 'on_sale', 'cancelled', 'archived'] },
  // Goes on sale by itself when its time has come.
  scheduled: { isPublic: false, isSelling: false, isAtDesk: true, next: ['draft', 'published', 'on_sale', 'cancelled'] },
  published: { isPublic: true, isSelling: false, isAtDesk: true, next: ['draft', 'on_sale', 'ended', 'cancelled'] },
  on_sale: { isPublic: true, isSelling: true, isAtDesk: true, next: ['paused', 'ended', 'cancelled'] },
  paused: { isPublic: true, isSelling: false, isAtDesk: true, next: ['on_sale', 'ended', 'cancelled'] },
  ended: { isPublic: true, isSelling: false, isAtDesk: true, next: ['on_sale', 'cancelled', 'archived'] },
  cancelled: { isPublic: true, isSelling: false, isAtDesk: false, next: ['archived'] },
  archived: { isPublic: false, isSelling: false, isAtDesk: false, next: [] },
} as const satisfies Record<string, { isPublic: boolean; isSelling: boolean; isAtDesk: boolean; next: readonly string[] }>;

export type EventState = keyof typeof EVENT_STATES;

/** Whether an event may go from one state to another. Staying is always allowed. */
export function canBecome(from: EventState, to: EventState): boolean {
  const next: readonly string[] = EVENT_STATES[from].next;
  return from === to || next.includes(to);
}

export function parseEventState(text: string): EventState {
  invariant(Object.hasOwn(EVENT_STATES, text), `no such event state: ${text}`);
  return text as EventState;
}

/** What an event's state changes by itself, and when. */
export type PlannedChange = { to: EventState; atMs: number };

type Plan = { state: EventState; publishAtMs: number | null; endsAtMs: number | null };

/** The next change that comes by itself, or null: a scheduled event goes on sale, a public one ends. */
export function nextChange({ state, publishAtMs, endsAtMs }: Plan): PlannedChange | null {
  if (state === 'scheduled') return publishAtMs === null ? null : { to: 'on_sale', atMs: publishAtMs };
  const canEnd = EVENT_STATES[state].isPublic && canBecome(state, 'ended') && state !== 'ended';
  return canEnd && endsAtMs !== null ? { to: 'ended', atMs: endsAtMs } : null;
}

/** Whether the public sees an event in `state`, or will without anybody's doing. */
export function isToBePublic(state: EventState): boolean {
  return isPublic(state) || state === 'scheduled';
}

/** Whether an event in `state` sells, or is still to sell. One that has ended does so only if somebody opens it again. */
export function isToSell(state: EventState): boolean {
  return EVENT_STATES[state].isSelling || (state !== 'ended' && canBecome(state, 'on_sale'));
}

/** Whether an event in `state` is over for good: nothing is sold for it any more, and what is paid for it goes back. */
export function isOver(state: EventState): boolean {
  return state === 'cancelled' || state === 'archived';
}

/** Whether an event in `state` is shown to the public. */
export function isPublic(state: EventState): boolean {
  return EVENT_STATES[state].isPublic;
}
