import { MOVEMENTS_MAX, type Movement, type PaymentProvider } from '../../../engines/payments/index.ts';
import type { Kind, Moved } from './standing.ts';

const KINDS: Readonly<Record<Movement['kind'], { kind: Kind; sign: 1 | -1 }>> = {
  payment: { kind: 'paidMinor', sign: 1 },
  refund: { kind: 'refundedMinor', sign: 1 },
  dispute: { kind: 'disputedMinor', sign: 1 },
  dispute_won: { kind: 'disputedMinor', sign: -1 },
};

/** All that moved by the provider's word, oldest first. */
export async function* readTheirs(provider: Pick<PaymentProvider, 'listMovements'>): AsyncGenerator<Moved> {
  for (let after: string | null = null; ; ) {
    const { movements, next } = await provider.listMovements({ after, limit: MOVEMENTS_MAX });
    for (const { eventId, bookingId, currency, kind, amountMinor, atMs } of movements) {
      const is = KINDS[kind];
      yield { eventId, bookingId, currency, kind: is.kind, amountMinor: is.sign * amountMinor, atMs };
    }
    if (next === null) return;
    after = next;
  }
}
