import { presentIntent } from '../wire/wire-intent.ts';
import { presentMovementPage } from '../wire/wire-movement.ts';
import { presentRefund } from '../wire/wire-refund.ts';
import type { Asked } from './asked.ts';
import { json, openJson, type Answer } from './answers.ts';
import type { Desk } from './desk.ts';
import type { Faults } from './faults.ts';
import { renderBankPage, renderPayPage } from './payer-page.ts';
import { readBankAnswer, readFault, readForm, readJson, readOrder, readPage, readPayment, readRefundOrder } from './read-input.ts';
import type { IntentRecord } from './records.ts';
import { Refusal } from './refusal.ts';

export type Counter = {
  desk: Desk;
  faults: Faults;
  /** Throws Refusal unless the caller has the API key. */
  requireKey(asked: Asked): void;
};

const PREFLIGHT: Answer = {
  status: 204,
  headers: [
    ...['access-control-allow-origin', '*', 'access-control-allow-methods', 'POST, OPTIONS'],
    ...['access-control-allow-headers', 'content-type', 'access-control-max-age', '86400'],
  ],
  text: '',
};

/** Answers one request. Throws Refusal. */
export function answerCall(counter: Counter, asked: Asked): Answer {
  const [room, kind, ref = '', verb = ''] = asked.path;
  if (room === 'v1' && asked.path.length <= 4) {
    if (kind === 'intents' && (verb === 'pay' || verb === 'action')) return answerPayer(counter, asked, ref, verb);
    return answerSeller(counter, asked, `${asked.method} ${kind}${ref && '/ref'}${verb && `/${verb}`}`, ref);
  }
  if (room === 'pay' && asked.path.length <= 3) return answerPerson(counter, asked, kind ?? '', ref);
  if (room === 'health' && asked.path.length === 1) return json(200, {});
  throw nothingThere();
}

function answerSeller({ desk, faults, requireKey }: Counter, asked: Asked, call: string, ref: string): Answer {
  requireKey(asked);
  switch (call) {
    case 'POST intents':
      return json(200, presentIntent(desk.createIntent(readOrder(asked))));
    case 'GET intents/ref':
      return json(200, presentIntent(desk.readIntent(ref)));
    case 'POST intents/ref/cancel': {
      const { kind, intent } = desk.cancelIntent(ref);
      return json(200, { kind, intent: presentIntent(intent) });
    }
    case 'POST refunds':
      return json(200, presentRefund(desk.refund(readRefundOrder(asked))));
    case 'GET refunds/ref':
      return json(200, presentRefund(desk.readRefund(ref)));
    case 'GET movements': {
      const { after, limit } = readPage(asked.query);
      return json(200, presentMovementPage(desk.listMovements(after, limit)));
    }
    case 'POST faults': {
      const { kind, ms } = readFault(asked);
      faults.set(kind, ms);
      return json(200, { kind, ms });
    }
    default:
      throw nothingThere();
  }
}

/** Calls from a page of the organizer: opened by the intent's secret, from any origin. */
function answerPayer({ desk }: Counter, asked: Asked, ref: string, verb: 'pay' | 'action'): Answer {
  if (asked.method === 'OPTIONS') return PREFLIGHT;
  if (asked.method !== 'POST') throw nothingThere();
  const fields = readJson(asked.body);
  if (verb === 'action') {
    const { secret, outcome } = readBankAnswer(fields);
    return openJson(200, presentAttempt(desk, desk.answerBank(ref, secret, outcome)));
  }
  const { secret, ...payment } = readPayment(fields);
  return openJson(200, presentAttempt(desk, desk.pay(ref, secret, payment)));
}

function presentAttempt(desk: Desk, intent: IntentRecord): object {
  return {
    state: intent.state,
    ...(intent.declineCode !== null && { decline_code: intent.declineCode }),
    ...(intent.state === 'requires_action' && { action_url: desk.actionUrl(intent) }),
  };
}

/** The pages of a person with a browser, whose forms come back to the same addresses. */
function answerPerson({ desk }: Counter, asked: Asked, ref: string, verb: string): Answer {
  if (verb !== '' && verb !== 'action') throw nothingThere();
  const render = verb === 'action' ? renderBankPage : renderPayPage;
  if (asked.method === 'GET') return render(desk.payable(ref, new URLSearchParams(asked.query).get('secret') ?? ''));
  if (asked.method !== 'POST') throw nothingThere();
  const fields = readForm(asked.body);
  if (verb === 'action') {
    const { secret, outcome } = readBankAnswer(fields);
    return renderPayPage(desk.answerBank(ref, secret, outcome));
  }
  const { secret, ...payment } = readPayment(fields);
  const intent = desk.pay(ref, secret, payment);
  return intent.state === 'requires_action' ? renderBankPage(intent) : renderPayPage(intent);
}

function nothingThere(): Refusal {
  return new Refusal(404, 'not_found', 'There is nothing here.');
}
