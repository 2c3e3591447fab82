import { findCard, type Card } from './cards.ts';
import type { Context } from './context.ts';
import type { Change, IntentRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { succeed } from './succeed.ts';
import { tell } from './tell.ts';

export type Payment = { card: string | null; holderName: string | null };
export type Result = { intent: IntentRecord; change: Change | null };

/**
 * A person pays an intent with a card. What is paid, or on its way, stays as it is and answers so again; where the bank
 * still asks, the same card changes nothing and another one begins anew.
 */
export function pay(intent: IntentRecord, { card: sent, holderName }: Payment, context: Context): Result {
  if (intent.state === 'cancelled') throw new Refusal(409, 'intent_cancelled', 'This payment was cancelled. Nothing was paid.');
  if (intent.state === 'succeeded' || intent.state === 'processing') return { intent, change: null };
  const card = findCard(sent, intent.amountMinor);
  if (card === null) throw new Refusal(422, 'unknown_card', 'The sandbox takes none but its own test cards.');
  if (intent.state === 'requires_action' && intent.card === card.name) return { intent, change: null };
  return changed(tryCard({ ...intent, card: card.name, holderName }, card, context));
}

/** The person has answered their bank. */
export function answerBank(intent: IntentRecord, outcome: 'approve' | 'reject', context: Context): Result {
  if (intent.state === 'cancelled') throw new Refusal(409, 'intent_cancelled', 'This payment was cancelled. Nothing was paid.');
  const card = findCard(intent.card, intent.amountMinor);
  if (intent.state !== 'requires_action' || card?.asks !== 'answers') return { intent, change: null };
  if (outcome === 'approve') return changed(succeed(intent, context));
  return changed(decline(intent, 'authentication_failed', context));
}

type Tried = Change & { intent: IntentRecord };

function tryCard(intent: IntentRecord, card: Card, context: Context): Tried {
  if (card.declines !== undefined) return decline(intent, card.declines, context);
  if (card.asks !== undefined) {
    const asked: IntentRecord = { ...intent, state: 'requires_action', declineCode: null };
    return { intent: asked, sends: tell('intent.requires_action', asked, context) };
  }
  if (card.takes === undefined) return succeed(intent, context);
  const step = {
    id: context.newId('sbt'),
    dueMs: context.after(card.takes),
    intentRef: intent.ref,
    what: 'succeed',
    refundRef: null,
  } as const;
  return { intent: { ...intent, state: 'processing', declineCode: null }, steps: [step] };
}

function decline(intent: IntentRecord, declineCode: string, context: Context): Tried {
  const declined: IntentRecord = { ...intent, state: 'open', declineCode };
  return { intent: declined, sends: tell('intent.failed', declined, context) };
}

function changed(change: Tried): Result {
  return { intent: change.intent, change };
}
