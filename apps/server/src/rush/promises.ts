/** What a sale promises, and what the rush checks. */
export const PROMISES = {
  never_oversold: 'no more is sold than there is',
  booking_kept: 'an acknowledged booking is there',
  one_booking_per_key: 'a repeated key gives the same booking, never a second one',
  price_kept: 'a price once held does not change',
  outcome_known: 'repeating a request tells its outcome',
  no_server_error: 'the server does not fail',
  paid_is_kept_or_back: 'who pays has tickets or gets all the money back',
  tickets_are_paid: 'nobody has tickets without paying for them',
  tickets_there: 'what was bought, and nothing else, opens doors',
  nothing_left: 'what comes back is sold, and all that is sold is known to its buyer',
  audit_clean: 'ledger, counters and bookings agree',
  money_audit_clean: 'the money ledger adds up, and the payment provider says the same',
} as const;

export type PromiseName = keyof typeof PROMISES;

export type Breach = { name: PromiseName; count: number; examples: readonly string[] };

/** Where broken promises are written down. */
export type PromiseBook = {
  broken(name: PromiseName, example: string): void;
  /** Every promise that was broken, with the first few examples. */
  breaches(): Breach[];
};

const EXAMPLES_MAX = 5;

export function buildPromiseBook(): PromiseBook {
  const found = new Map<PromiseName, { count: number; examples: string[] }>();
  return {
    broken: (name, example) => {
      const breach = found.get(name) ?? { count: 0, examples: [] };
      breach.count += 1;
      if (breach.examples.length < EXAMPLES_MAX) breach.examples.push(example);
      found.set(name, breach);
    },
    breaches: () => [...found].map(([name, breach]) => ({ name, ...breach })),
  };
}
