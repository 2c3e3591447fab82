import { createHmac } from 'node:crypto';
import {
  ProviderRefused,
  ProviderUnavailable,
  type Intent,
  type Movement,
  type Notification,
  type NotificationType,
  type PaymentProvider,
  type Refund,
} from '../../../engines/payments/index.ts';

/** What the fake provider does with the next calls. */
export type Fault = 'none' | 'down' | 'hang';

export type FakeProvider = PaymentProvider & {
  fault: Fault;
  calls: number;
  /** How refunds end: at once, or as it is said here. */
  refundState: Refund['state'];
  intents: Map<string, Intent>;
  refunds: Map<string, Refund>;
  movements: Movement[];
  /** Money moves, by whatever cause. */
  move(kind: Movement['kind'], of: MovementOf): void;
  /** A person pays: what comes in may be another amount or currency. */
  pay(ref: string, paid?: { amountMinor?: number; currency?: string }): Notification;
  notify(type: NotificationType, intentRef: string, more?: Partial<Notification>): Notification;
  /** A notification as it is posted, signed. */
  post(notification: Notification, by?: { secret?: string; account?: string }): { body: Buffer; signature: string };
};

const SECRET = 'the secret of the fake provider';
const ACCOUNT = 'acct_ours';

/** A provider in memory: small, and without any delay. The sandbox is tested with its own program. */
export function buildFakeProvider(): FakeProvider {
  let count = 0;
  const next = (prefix: string): string => {
    count += 1;
    return `${prefix}_${count}`;
  };
  const keys = new Map<string, string>();
  const returnUrls = new Map<string, string | undefined>();
  const intents = new Map<string, Intent>();
  const refunds = new Map<string, Refund>();
  const movements: Movement[] = [];

  const move = (kind: Movement['kind'], { ref, refundKey = null, intentRef, amountMinor, currency }: MovementOf): void => {
    const { eventId, bookingId } = intentOf(intentRef);
    const cursor = String(movements.length + 1).padStart(6, '0');
    movements.push({ cursor, kind, ref, refundKey, intentRef, amountMinor, currency, atMs: 0, eventId, bookingId });
  };
  const intentOf = (ref: string): Intent => {
    const intent = intents.get(ref);
    if (!intent) throw new ProviderRefused('unknown_intent');
    return intent;
  };
  const ask = async <Result>(work: () => Result): Promise<Result> => {
    fake.calls += 1;
    if (fake.fault === 'hang') await new Promise((resolve) => setTimeout(resolve, 200));
    if (fake.fault !== 'none') throw new ProviderUnavailable('It is away.');
    return work();
  };

  const fake: FakeProvider = {
    name: 'fake',
    isSandbox: true,
    signatureHeader: 'fake-signature',
    fault: 'none',
    calls: 0,
    refundState: 'succeeded',
    intents,
    refunds,
    movements,
    move,
    createIntent: (order) =>
      ask(() => {
        const known = keys.get(order.key);
        if (known !== undefined) {
          if (returnUrls.get(known) !== order.returnUrl) throw new ProviderRefused('key_reused', 'Another address was ordered.');
          return { ...intentOf(known) };
        }
        const ref = next('pi');
        const { amountMinor, currency, eventId, bookingId } = order;
        const nothing = { receivedMinor: 0, refundedMinor: 0, disputedMinor: 0, declineCode: null };
        const secret = { clientSecret: `secret_${ref}`, payUrl: `http://127.0.0.1/pay/${ref}` };
        intents.set(ref, { ref, state: 'open', amountMinor, currency, eventId, bookingId, ...nothing, ...secret });
        keys.set(order.key, ref);
        returnUrls.set(ref, order.returnUrl);
        return { ...intentOf(ref) };
      }),
    readIntent: (ref) => ask(() => intents.get(ref) ?? null),
    cancelIntent: (ref) =>
      ask(() => {
        const intent = intentOf(ref);
        if (intent.state === 'succeeded') return { kind: 'already_paid', intent: { ...intent } };
        intent.state = 'cancelled';
        return { kind: 'cancelled', intent: { ...intent } };
      }),
    refund: ({ key, ref, amountMinor }) =>
      ask(() => {
        const known = refunds.get(key);
        if (known) return { ...known };
        const intent = intentOf(ref);
        if (intent.disputedMinor > 0) throw new ProviderRefused('disputed');
        if (amountMinor > intent.receivedMinor - intent.refundedMinor) throw new ProviderRefused('refund_too_high');
        const refund: Refund = { ref: next('re'), key, intentRef: ref, state: fake.refundState, amountMinor, currency: intent.currency };
        refunds.set(key, refund);
        if (refund.state !== 'failed') intent.refundedMinor += amountMinor;
        if (refund.state !== 'failed') move('refund', { ...refund, refundKey: key });
        return { ...refund };
      }),
    readRefund: (ref) => ask(() => [...refunds.values()].find((refund) => refund.ref === ref) ?? null),
    listMovements: ({ after, limit }) =>
      ask(() => {
        const rest = movements.filter(({ cursor }) => after === null || cursor > after);
        const page = rest.slice(0, limit);
        return { movements: page, next: rest.length > limit ? (page.at(-1)?.cursor ?? null) : null };
      }),
    parseNotification: (rawBody, signature) => {
      if (signature === undefined) return { kind: 'refused', reason: 'unsigned' };
      if (signature !== sign(rawBody, SECRET)) return { kind: 'refused', reason: 'forged' };
      const notification = JSON.parse(rawBody.toString()) as Notification;
      if (notification.account !== ACCOUNT) return { kind: 'refused', reason: 'other_account' };
      return { kind: 'notification', notification };
    },
    close: () => {},
    pay: (ref, { amountMinor, currency } = {}) => {
      const intent = intentOf(ref);
      intent.state = 'succeeded';
      intent.receivedMinor = amountMinor ?? intent.amountMinor;
      intent.currency = currency ?? intent.currency;
      move('payment', { ref, intentRef: ref, amountMinor: intent.receivedMinor, currency: intent.currency });
      return fake.notify('intent.succeeded', ref);
    },
    notify: (type, intentRef, more = {}) => {
      const { clientSecret: _, payUrl: __, ...intent } = intentOf(intentRef);
      return { id: next('ntf'), type, account: ACCOUNT, createdMs: 0, intent, ...more };
    },
    post: (notification, { secret = SECRET, account = ACCOUNT } = {}) => {
      const body = Buffer.from(JSON.stringify({ ...notification, account }));
      return { body, signature: sign(body, secret) };
    },
  };
  return fake;
}

type MovementOf = { ref: string; refundKey?: string | null; intentRef: string; amountMinor: number; currency: string };

function sign(body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}
