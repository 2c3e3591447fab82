import { invariant } from '../../platform/invariant.ts';

/** The states of an event's sale and the moves between them, as data. */
export const EVENT_STATES = {
  draft: { isPublic: false, isSelling: false, next: ['published', 'on_sale', 'cancelled'] },
  published: { isPublic: true, isSelling: false, next: ['draft', 'on_sale', 'ended', 'cancelled'] },
  on_sale: { isPublic: true, isSelling: true, next: ['paused', 'ended', 'cancelled'] },
  paused: { isPublic: true, isSelling: false, next: ['on_sale', 'ended', 'cancelled'] },
  ended: { isPublic: true, isSelling: false, next: ['on_sale'] },
  cancelled: { isPublic: true, isSelling: false, next: [] },
} as const satisfies Record<string, { isPublic: boolean; isSelling: boolean; next: readonly string[] }>;

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

/** Whether an event in `state` is shown to the public. */
export function isPublic(state: EventState): boolean {
  return EVENT_STATES[state].isPublic;
}
