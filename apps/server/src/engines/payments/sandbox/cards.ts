/** How long what does not happen at once takes, in milliseconds; a setting shortens all of them. */
export const CARD_TIMES = {
  processingMs: 3_000,
  lateMs: 30_000,
  /** Beyond every hold. */
  veryLateMs: 20 * 60_000,
  notificationMs: 10_000,
  disputeMs: 5_000,
  refundMs: 5_000,
} as const;

export type CardTime = keyof typeof CARD_TIMES;

/** A card of the sandbox; what a field does not say is as usual: money comes at once, whole, and is told once. */
export type Card = {
  /** Can be sent in place of the number. */
  name: string;
  number: string;
  /** What happens, for the table in docs/sandbox.md. */
  meaning: string;
  /** The last two digits of an amount that do the same, where no card is sent, or the card `by_amount`. */
  amountEnds?: number;
  /** Declined, with this code. */
  declines?: string;
  /** The bank asks the person first, or asks and never hears an answer. */
  asks?: 'answers' | 'never';
  /** The money comes so much later. */
  takes?: CardTime;
  captures?: 'half' | 'too_much' | 'other_currency';
  tells?: 'never' | 'late' | 'thrice' | 'failed_afterwards' | 'after_refunds';
  /** The buyer's bank takes the money back, and decides for one of both a while later. */
  disputes?: 'won' | 'lost';
  refunds?: 'fail' | 'fail_late' | 'late';
};

export const CARDS: readonly Card[] = [
  { name: 'success', number: '4242424242424242', amountEnds: 0, meaning: 'paid at once' },
  { name: 'declined', number: '4000000000001000', amountEnds: 1, declines: 'generic_decline', meaning: 'declined' },
  {
    name: 'insufficient_funds',
    number: '4000000000001018',
    amountEnds: 2,
    declines: 'insufficient_funds',
    meaning: 'declined: too little money',
  },
  { name: 'expired', number: '4000000000001026', amountEnds: 3, declines: 'expired_card', meaning: 'declined: the card has expired' },
  {
    name: 'asks',
    number: '4000000000001034',
    amountEnds: 4,
    asks: 'answers',
    meaning: '3-D Secure: the bank asks; approve pays, reject declines with `authentication_failed`',
  },
  {
    name: 'asks_never',
    number: '4000000000001042',
    amountEnds: 5,
    asks: 'never',
    meaning: '3-D Secure, abandoned: the bank asks and takes no answer; another card can be tried',
  },
  { name: 'processing', number: '4000000000001059', amountEnds: 6, takes: 'processingMs', meaning: 'paid after 3 s of processing' },
  { name: 'late', number: '4000000000001067', amountEnds: 7, takes: 'lateMs', meaning: 'paid after 30 s of processing' },
  { name: 'very_late', number: '4000000000001075', amountEnds: 8, takes: 'veryLateMs', meaning: 'paid after 20 minutes of processing' },
  {
    name: 'webhook_lost',
    number: '4000000000001083',
    amountEnds: 9,
    tells: 'never',
    meaning: 'paid at once; `intent.succeeded` is never sent, whoever reads the intent sees it',
  },
  {
    name: 'webhook_thrice',
    number: '4000000000001091',
    amountEnds: 10,
    tells: 'thrice',
    meaning: 'paid at once; every notification is sent three times: twice under one id, once under another',
  },
  {
    name: 'failed_after_success',
    number: '4000000000001109',
    amountEnds: 11,
    tells: 'failed_afterwards',
    meaning: 'declined, then paid; told the other way round: `intent.succeeded`, then `intent.failed`',
  },
  {
    name: 'refund_before_payment',
    number: '4000000000001117',
    amountEnds: 12,
    tells: 'after_refunds',
    meaning: 'paid at once; `intent.succeeded` is sent 10 s later, a refund made meanwhile is told before',
  },
  { name: 'webhook_late', number: '4000000000001125', amountEnds: 13, tells: 'late', meaning: 'paid at once; told 10 s later' },
  { name: 'partial', number: '4000000000001133', amountEnds: 14, captures: 'half', meaning: 'half of the amount comes' },
  { name: 'too_much', number: '4000000000001141', amountEnds: 15, captures: 'too_much', meaning: 'one unit more than the amount comes' },
  {
    name: 'wrong_currency',
    number: '4000000000001158',
    amountEnds: 16,
    captures: 'other_currency',
    meaning: 'the amount comes in another currency: USD, or EUR where USD was ordered',
  },
  {
    name: 'dispute_won',
    number: '4000000000001166',
    amountEnds: 17,
    disputes: 'won',
    meaning: 'paid; 5 s later charged back, 5 s later decided for the seller: the money comes again',
  },
  {
    name: 'dispute_lost',
    number: '4000000000001174',
    amountEnds: 18,
    disputes: 'lost',
    meaning: 'paid; 5 s later charged back, 5 s later decided for the buyer',
  },
  { name: 'refund_fails', number: '4000000000001182', amountEnds: 19, refunds: 'fail', meaning: 'paid; every refund fails at once' },
  {
    name: 'refund_fails_late',
    number: '4000000000001190',
    amountEnds: 20,
    refunds: 'fail_late',
    meaning: 'paid; every refund is pending for 5 s, then fails',
  },
  { name: 'refund_pending', number: '4000000000001208', amountEnds: 21, refunds: 'late', meaning: 'paid; every refund is pending for 5 s' },
];

/** The card that leaves it to the amount. */
export const BY_AMOUNT = { name: 'by_amount', number: '4000000000001216' } as const;

const byWord = new Map(CARDS.flatMap((card) => [card.name, card.number].map((word) => [word, card] as const)));
const byAmountEnd = new Map(CARDS.map((card) => [card.amountEnds, card]));
const success = CARDS[0]!;

/**
 * The card that a person sent, as a number with or without spaces, or as a name; without one, what the amount's last two
 * digits say. Null for anything else: a real card's number must go no further.
 */
export function findCard(sent: string | null, amountMinor: number): Card | null {
  const word = sent?.replaceAll(/[ -]/g, '') ?? '';
  if (word === '' || word === BY_AMOUNT.name || word === BY_AMOUNT.number) return byAmountEnd.get(amountMinor % 100) ?? success;
  return byWord.get(word) ?? null;
}

/** A card that was found before, by its name; the usual one where this version does not know it any more. */
export function cardNamed(name: string | null): Card {
  return byWord.get(name ?? '') ?? success;
}
