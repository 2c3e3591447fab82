import type { Random } from '../../platform/random.ts';

/** A card that is tried, and what the buyer tells the bank if it asks; without an answer the buyer closes the page then. */
export type Attempt = { card: string; bank?: 'approve' | 'reject' };

/** How a buyer pays: cards of the payment sandbox, tried in turn until one is taken. Who has none left leaves. */
export type PayWay = { name: string; share: number; attempts: readonly Attempt[] };

export const AT_ONCE: PayWay = { name: 'paid at once', share: 0.56, attempts: [{ card: 'success' }] };

export const PAY_WAYS: readonly PayWay[] = [
  AT_ONCE,
  { name: 'declined, then another card', share: 0.09, attempts: [{ card: 'insufficient_funds' }, { card: 'success' }] },
  { name: 'declined twice, then gave up', share: 0.03, attempts: [{ card: 'expired' }, { card: 'declined' }] },
  { name: 'the bank asked: yes', share: 0.1, attempts: [{ card: 'asks', bank: 'approve' }] },
  { name: 'the bank asked: no, then another card', share: 0.03, attempts: [{ card: 'asks', bank: 'reject' }, { card: 'success' }] },
  { name: 'the bank asked, and was not answered', share: 0.03, attempts: [{ card: 'asks_never' }] },
  { name: 'slow processing', share: 0.04, attempts: [{ card: 'processing' }] },
  { name: 'money after the hold', share: 0.02, attempts: [{ card: 'late' }] },
  { name: 'webhook lost', share: 0.03, attempts: [{ card: 'webhook_lost' }] },
  { name: 'webhook three times', share: 0.02, attempts: [{ card: 'webhook_thrice' }] },
  { name: 'webhook late', share: 0.02, attempts: [{ card: 'webhook_late' }] },
  { name: 'webhooks in the wrong order', share: 0.01, attempts: [{ card: 'failed_after_success' }] },
  { name: 'left at the payment page', share: 0.02, attempts: [] },
];

export function drawPayWay(random: Random): PayWay {
  let drawn = random();
  const way = PAY_WAYS.find(({ share }) => {
    drawn -= share;
    return drawn < 0;
  });
  // Shares are binary fractions only nearly: what their sum leaves is the usual way.
  return way ?? AT_ONCE;
}
