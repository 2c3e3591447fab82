import {
  MOVEMENTS_MAX,
  type Cancellation,
  type Intent,
  type IntentOrder,
  type MovementPage,
  type ParsedNotification,
  type PaymentProvider,
  type Refund,
  type RefundOrder,
} from './provider.ts';
import type { PaymentsAccess } from './payments-access.ts';
import { ProviderRefused, ProviderUnavailable } from './provider-errors.ts';
import { buildProviderCalls } from './provider-calls.ts';
import { buildSignatures, SIGNATURE_HEADER, type Signatures } from './signatures.ts';
import { isOneOf, objectOf } from './wire/checks.ts';
import { parseIntent } from './wire/wire-intent.ts';
import { parseMovementPage } from './wire/wire-movement.ts';
import { parseNotification } from './wire/wire-notification.ts';
import { parseRefund } from './wire/wire-refund.ts';

export type SandboxClientOptions = PaymentsAccess & {
  /** How long a call may take; 8 s unless told. A provider may hang for 30 s: waiting so long would fill the server. */
  deadlineMs?: number;
  /** Connections to the sandbox; further calls wait for one, within their deadline. 64 unless told. */
  connectionsMax?: number;
};

const DEADLINE_MS = 8_000;
const CONNECTIONS_MAX = 64;
const CANCELLATIONS = ['cancelled', 'already_paid', 'processing'] as const;

/** The payment provider in which no money moves. */
export function buildSandboxClient(options: SandboxClientOptions): PaymentProvider {
  const { url, apiKey, account, deadlineMs = DEADLINE_MS, connectionsMax = CONNECTIONS_MAX } = options;
  const calls = buildProviderCalls({ url, apiKey, deadlineMs, connectionsMax });
  const signatures = buildSignatures(options.secrets);
  return {
    name: 'sandbox',
    isSandbox: true,
    signatureHeader: SIGNATURE_HEADER,
    createIntent: async (order) => whole(parseIntent(await calls.post('/v1/intents', presentOrder(order), order.key))),
    readIntent: async (ref) => orNull(calls.get(`/v1/intents/${encodeURIComponent(ref)}`), parseIntent),
    cancelIntent: async (ref) => whole(parseCancellation(await calls.post(`/v1/intents/${encodeURIComponent(ref)}/cancel`, {}, null))),
    refund: async (order) => whole(parseRefund(await calls.post('/v1/refunds', presentRefundOrder(order), order.key))),
    readRefund: async (ref): Promise<Refund | null> => orNull(calls.get(`/v1/refunds/${encodeURIComponent(ref)}`), parseRefund),
    listMovements: async ({ after, limit }): Promise<MovementPage> => {
      const query = new URLSearchParams({ after: after ?? '0', limit: String(Math.min(limit, MOVEMENTS_MAX)) });
      return whole(parseMovementPage(await calls.get(`/v1/movements?${query}`)));
    },
    parseNotification: (rawBody, header, nowMs) => readNotification({ rawBody, header, nowMs, signatures, account }),
    close: calls.close,
  };
}

function presentOrder({ amountMinor, currency, eventId, bookingId, description, returnUrl }: IntentOrder): object {
  return {
    amount_minor: amountMinor,
    currency,
    event_id: eventId,
    booking_id: bookingId,
    description,
    ...(returnUrl !== undefined && { return_url: returnUrl }),
  };
}

function presentRefundOrder({ ref, amountMinor, reason }: RefundOrder): object {
  return { intent_ref: ref, amount_minor: amountMinor, reason };
}

function parseCancellation(value: unknown): Cancellation | null {
  const wire = objectOf(value);
  const intent: Intent | null = parseIntent(wire?.['intent']);
  return wire !== null && intent !== null && isOneOf(wire['kind'], CANCELLATIONS) ? { kind: wire['kind'], intent } : null;
}

/** What is not there is null; what is there must be readable. */
async function orNull<Value>(answer: Promise<unknown>, parse: (value: unknown) => Value | null): Promise<Value | null> {
  try {
    return whole(parse(await answer));
  } catch (error) {
    if (error instanceof ProviderRefused && (error.code === 'unknown_intent' || error.code === 'unknown_refund')) return null;
    throw error;
  }
}

function whole<Value>(value: Value | null): Value {
  if (value === null) throw new ProviderUnavailable('The sandbox answered with something that cannot be read.');
  return value;
}

type Received = { rawBody: Buffer; header: string | undefined; nowMs: number; signatures: Signatures; account: string };

function readNotification({ rawBody, header, nowMs, signatures, account }: Received): ParsedNotification {
  const verdict = signatures.verify(rawBody, header, nowMs);
  if (verdict !== 'good') return { kind: 'refused', reason: verdict };
  const notification = parseNotification(parseJson(rawBody));
  if (notification === null) return { kind: 'refused', reason: 'malformed' };
  if (notification.account !== account) return { kind: 'refused', reason: 'other_account' };
  return { kind: 'notification', notification };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null; // Refused as malformed, like any other JSON that is no notification.
  }
}
