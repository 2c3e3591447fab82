import { timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Cancellation, Intent, IntentOrder, MovementPage, Refund, RefundOrder } from '../provider.ts';
import { cancelIntent } from './cancel-intent.ts';
import { buildContext, type Context } from './context.ts';
import { createIntent } from './create-intent.ts';
import type { Delivery } from './deliver.ts';
import type { Journal } from './journal.ts';
import { listMovements } from './list-movements.ts';
import { answerBank, pay, type Payment } from './pay.ts';
import type { Change, IntentRecord, Step } from './records.ts';
import { refundIntent } from './refund-intent.ts';
import { Refusal } from './refusal.ts';
import { refundOf, standingOf } from './standing.ts';
import { applyChange, type State } from './state.ts';
import { takeStep } from './take-step.ts';
import { buildTimers } from './timers.ts';

export type DeskOptions = {
  state: State;
  journal: Journal;
  delivery: Pick<Delivery, 'add'>;
  clock: Clock;
  account: string;
  /** How long what takes time takes, in percent of what the table of cards says. */
  timePercent: number;
  /** Where people open the sandbox. */
  publicUrl: () => string;
};

/** What can be done at the sandbox. Every method answers at once; what it answers may be told when the journal is flushed. Throws Refusal. */
export type Desk = {
  createIntent(order: IntentOrder): Intent;
  readIntent(ref: string): Intent;
  cancelIntent(ref: string): Cancellation;
  refund(order: RefundOrder): Refund;
  readRefund(ref: string): Refund;
  listMovements(after: number, limit: number): MovementPage;
  /** The intent that a payer's secret opens. */
  payable(ref: string, secret: string): IntentRecord;
  pay(ref: string, secret: string, payment: Payment): IntentRecord;
  answerBank(ref: string, secret: string, outcome: 'approve' | 'reject'): IntentRecord;
  actionUrl(intent: IntentRecord): string;
  /** Takes up what the journal says is still to be done. */
  resume(): void;
  close(): void;
};

export function buildDesk({ state, journal, delivery, clock, account, timePercent, publicUrl }: DeskOptions): Desk {
  const timers = buildTimers();

  const context = (): Context => buildContext({ account, nowMs: clock.nowMs(), timePercent });

  function commit(change: Change | null): void {
    if (change === null) return;
    applyChange(state, change);
    journal.append(change);
    const { sends, steps } = change;
    // A notification of something that a crash could still undo must never arrive.
    if (sends !== undefined) {
      journal.whenFlushed(() => {
        for (const send of sends) delivery.add(send);
      });
    }
    for (const step of steps ?? []) wait(step);
  }

  /** Never within the call that has made the step: that is answered, and told, before. */
  function wait(step: Step): void {
    timers.after(Math.max(1, step.dueMs - clock.nowMs()), () => {
      if (state.steps.has(step.id)) commit(takeStep(state, step, context()));
    });
  }

  function known(ref: string): IntentRecord {
    const intent = state.intents.get(ref);
    if (intent === undefined) throw new Refusal(404, 'unknown_intent', 'There is no such intent.');
    return intent;
  }

  function payable(ref: string, secret: string): IntentRecord {
    const intent = known(ref);
    if (!isEqual(intent.secret, secret)) throw new Refusal(403, 'wrong_secret', 'This secret does not belong to this intent.');
    return intent;
  }

  function urlOf(intent: IntentRecord, path: string): string {
    return `${publicUrl()}/pay/${intent.ref}${path}?secret=${intent.secret}`;
  }

  function present(intent: IntentRecord): Intent {
    return { ...standingOf(intent), clientSecret: intent.secret, payUrl: urlOf(intent, '') };
  }

  return {
    createIntent: (order) => {
      const { intent, change } = createIntent(state, order, context());
      commit(change);
      return present(intent);
    },
    readIntent: (ref) => present(known(ref)),
    cancelIntent: (ref) => {
      const { kind, intent, change } = cancelIntent(known(ref), context());
      commit(change);
      return { kind, intent: present(intent) };
    },
    refund: (order) => {
      const { refund, intent, change } = refundIntent(state, order, context());
      commit(change);
      return refundOf(refund, intent);
    },
    readRefund: (ref) => {
      const refund = state.refunds.get(ref);
      if (refund === undefined) throw new Refusal(404, 'unknown_refund', 'There is no such refund.');
      return refundOf(refund, known(refund.intentRef));
    },
    listMovements: (after, limit) => listMovements(state.movements, after, limit),
    payable,
    pay: (ref, secret, payment) => {
      const { intent, change } = pay(payable(ref, secret), payment, context());
      commit(change);
      return intent;
    },
    answerBank: (ref, secret, outcome) => {
      const { intent, change } = answerBank(payable(ref, secret), outcome, context());
      commit(change);
      return intent;
    },
    actionUrl: (intent) => urlOf(intent, '/action'),
    resume: () => {
      for (const send of state.sends.values()) delivery.add(send);
      for (const step of state.steps.values()) wait(step);
    },
    close: timers.close,
  };
}

function isEqual(secret: string, given: string): boolean {
  const [a, b] = [Buffer.from(secret, 'utf8'), Buffer.from(given, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}
