import { StartProblem } from '../../platform/start-problem.ts';
import { refusalIn } from '../answers.ts';
import { ask } from '../ask.ts';
import type { Buyer } from '../buyer.ts';
import { isRecord } from '../is-record.ts';
import type { World } from '../world.ts';

/** What a buyer pays at the provider, and where. */
export type Bill = { ref: string; clientSecret: string; origin: string };

export type Tried =
  /** The provider has the money, or will have it. */
  | 'taken'
  | 'bank_asks'
  | 'declined'
  /** The payment was ended before: no money moves any more. */
  | 'ended'
  | 'unknown';

/** The bill in the answer to who goes to pay, or null if there is none. Throws StartProblem at a provider that moves money. */
export function billIn(body: unknown): Bill | null {
  if (!isRecord(body)) return null;
  if (body['is_sandbox'] === false)
    throw new StartProblem('The payment provider of the target moves money: the rush pays at a sandbox only.');
  const { intent } = body;
  if (!isRecord(intent)) return null;
  const { ref, client_secret: clientSecret, pay_url: payUrl } = intent;
  if (typeof ref !== 'string' || typeof clientSecret !== 'string' || typeof payUrl !== 'string') return null;
  return { ref, clientSecret, origin: new URL(payUrl).origin };
}

/** Pays with a card, as the page of the provider does. */
export function payWith(world: World, buyer: Buyer, bill: Bill, card: string): Promise<Tried> {
  return call(world, buyer, bill, { kind: 'pay', verb: 'pay', fields: { card, holder_name: `Buyer ${buyer.index}` } });
}

/** Tells the bank, which asks whether it is really the buyer who pays. */
export function tellBank(world: World, buyer: Buyer, bill: Bill, outcome: 'approve' | 'reject'): Promise<Tried> {
  return call(world, buyer, bill, { kind: 'answer to the bank', verb: 'action', fields: { outcome } });
}

type PayerCall = { kind: string; verb: 'pay' | 'action'; fields: object };

async function call(world: World, buyer: Buyer, { ref, clientSecret, origin }: Bill, { kind, verb, fields }: PayerCall): Promise<Tried> {
  const answer = await ask(world, buyer, {
    ...{ kind, method: 'POST', path: `/v1/intents/${ref}/${verb}`, token: null, key: null, at: world.providerAt(origin) },
    body: JSON.stringify({ client_secret: clientSecret, ...fields }),
  });
  if (answer.kind === 'unknown') return 'unknown';
  if (answer.status === 409) return 'ended';
  const state = isRecord(answer.body) ? answer.body['state'] : null;
  switch (state) {
    case 'succeeded':
    case 'processing':
      return 'taken';
    case 'requires_action':
      return 'bank_asks';
    case 'open':
      return 'declined';
    default:
      world.promises.broken('no_server_error', `the payment provider answered ${answer.status} ${refusalIn(answer).code} to ${kind}`);
      return 'unknown';
  }
}
