import { invariant } from '../../../platform/invariant.ts';
import { cardNamed } from './cards.ts';
import type { Context } from './context.ts';
import type { Change, DisputeRecord, IntentRecord, MovementRecord, Step } from './records.ts';
import { endRefund } from './refund-intent.ts';
import { currencyOf } from './standing.ts';
import type { State } from './state.ts';
import { succeed } from './succeed.ts';
import { tell } from './tell.ts';

/** What happens when a step is due: the change, which ends the step too. */
export function takeStep(state: State, step: Step, context: Context): Change {
  const intent = state.intents.get(step.intentRef);
  invariant(intent !== undefined, 'a step belongs to an intent');
  return { ...changeOf(state, step, intent, context), stepDone: step.id };
}

function changeOf(state: State, step: Step, intent: IntentRecord, context: Context): Change {
  switch (step.what) {
    case 'succeed':
      return intent.state === 'processing' ? succeed(intent, context) : {};
    case 'dispute':
      return openDispute(intent, context);
    case 'decide_dispute':
      return decideDispute(intent, context);
    case 'end_refund': {
      const refund = state.refunds.get(step.refundRef ?? '');
      if (refund?.state !== 'pending') return {};
      return endRefund(intent, refund, cardNamed(intent.card).refunds === 'fail_late' ? 'failed' : 'succeeded', context);
    }
  }
}

/** The bank takes back what has not been given back; where nothing is left, there is nothing to take. */
function openDispute(intent: IntentRecord, context: Context): Change {
  const amountMinor = intent.receivedMinor - intent.refundedMinor;
  if (amountMinor === 0 || intent.dispute !== null) return {};
  const dispute: DisputeRecord = { ref: context.newId('sbd'), amountMinor, state: 'opened' };
  const disputed: IntentRecord = { ...intent, dispute };
  const decision: Step = {
    id: context.newId('sbt'),
    dueMs: context.after('disputeMs'),
    intentRef: intent.ref,
    what: 'decide_dispute',
    refundRef: null,
  };
  return {
    intent: disputed,
    movement: movementOf('dispute', dispute, intent, context),
    sends: tell('dispute.opened', disputed, context),
    steps: [decision],
  };
}

function decideDispute(intent: IntentRecord, context: Context): Change {
  if (intent.dispute?.state !== 'opened') return {};
  const state = cardNamed(intent.card).disputes === 'won' ? 'won' : 'lost';
  const dispute: DisputeRecord = { ...intent.dispute, state };
  const decided: IntentRecord = { ...intent, dispute };
  const told = { intent: decided, sends: tell(`dispute.${state}`, decided, context) };
  return state === 'lost' ? told : { ...told, movement: movementOf('dispute_won', dispute, intent, context) };
}

function movementOf(kind: 'dispute' | 'dispute_won', dispute: DisputeRecord, intent: IntentRecord, context: Context): MovementRecord {
  return {
    kind,
    ref: dispute.ref,
    refundKey: null,
    intentRef: intent.ref,
    amountMinor: dispute.amountMinor,
    currency: currencyOf(intent),
    atMs: context.nowMs,
    eventId: intent.eventId,
    bookingId: intent.bookingId,
  };
}
