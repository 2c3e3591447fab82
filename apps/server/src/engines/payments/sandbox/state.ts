import type { Change, IntentRecord, MovementRecord, RefundRecord, Send, Step } from './records.ts';

/** Everything the sandbox knows, made from the changes of its journal in their order. */
export type State = {
  intents: Map<string, IntentRecord>;
  intentOfKey: Map<string, string>;
  refunds: Map<string, RefundRecord>;
  refundOfKey: Map<string, string>;
  movements: MovementRecord[];
  /** Still to be done. */
  steps: Map<string, Step>;
  /** Still to be sent. */
  sends: Map<string, Send>;
};

export function emptyState(): State {
  return {
    intents: new Map(),
    intentOfKey: new Map(),
    refunds: new Map(),
    refundOfKey: new Map(),
    movements: [],
    steps: new Map(),
    sends: new Map(),
  };
}

export function applyChange(state: State, change: Change): void {
  const { intent, refund, movement, steps, stepDone, sends, sent } = change;
  if (intent !== undefined) {
    state.intents.set(intent.ref, intent);
    state.intentOfKey.set(intent.key, intent.ref);
  }
  if (refund !== undefined) {
    state.refunds.set(refund.ref, refund);
    state.refundOfKey.set(refund.key, refund.ref);
  }
  if (movement !== undefined) state.movements.push(movement);
  if (stepDone !== undefined) state.steps.delete(stepDone);
  for (const step of steps ?? []) state.steps.set(step.id, step);
  for (const send of sends ?? []) state.sends.set(send.id, send);
  for (const id of sent ?? []) state.sends.delete(id);
}
