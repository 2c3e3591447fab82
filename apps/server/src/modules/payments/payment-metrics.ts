import type { Exposition } from '../../platform/telemetry/index.ts';

/** What this module reports about itself. */
export type PaymentMetrics = {
  /** A notification came in: what became of it. */
  notified(outcome: string): void;
  /** The provider could not be asked. */
  unavailable(): void;
  /** Something owed was tried: what became of it. */
  paidBack(outcome: 'done' | 'failed' | 'pending' | 'later'): void;
  /** What is owed to the provider now, and for more than an hour. */
  owed: { open: number; old: number };
};

export function buildPaymentMetrics(exposition: Exposition): PaymentMetrics {
  const notified = exposition.counters(
    'tessera_payment_notifications_total',
    'Notifications of the payment provider, by what became of them.',
  );
  const unavailable = exposition.counters('tessera_payment_unavailable_total', 'Calls that the payment provider did not answer.').with({});
  const tried = exposition.counters('tessera_payment_owed_tries_total', 'Tries to do what is owed to the provider, by their outcome.');
  const owed = { open: 0, old: 0 };
  exposition.gauge('tessera_payment_owed', 'What is owed to the payment provider and not done yet.', () => owed.open);
  exposition.gauge('tessera_payment_owed_old', 'Of what is owed, what has been for longer than an hour.', () => owed.old);
  return {
    notified: (outcome) => notified.with({ outcome }).add(),
    unavailable: () => unavailable.add(),
    paidBack: (outcome) => tried.with({ outcome }).add(),
    owed,
  };
}
