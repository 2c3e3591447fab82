import { nextChange } from '../event-states.ts';
import type { Draft } from './draft.ts';
import { configuredFact } from './facts.ts';

/** What an event does by itself, at the latest with the first batch behind its time: it goes on sale, it ends. */
export function changeByItself(draft: Draft): void {
  for (;;) {
    const change = nextChange(draft.terms);
    if (!change || change.atMs > draft.nowMs) return;
    draft.terms = { ...draft.terms, state: change.to };
    draft.changes.terms = draft.terms;
    draft.changes.contentChanged = true;
    draft.changes.facts.push(configuredFact(`event.${change.to}`, draft.state.eventId, { state: change.to, atMs: change.atMs }));
  }
}
