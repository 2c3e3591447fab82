export type RunState = 'gathering' | 'asking' | 'refunding' | 'done';
export type RunChoice = 'refund_all' | 'keep_or_refund';
export type BuyersChoice = 'keep' | 'refund';
export type RunBookingState = 'asked' | 'kept' | 'pending' | 'refunded' | 'failed';

/** What an organizer asks for. */
export type RunTerms = {
  choice: RunChoice;
  byDefault: BuyersChoice;
  /** Until when buyers may choose; null where they are not asked. */
  decideUntilMs: number | null;
  keepFees: boolean;
  restock: boolean;
};

export type RefundRun = RunTerms & {
  eventId: string;
  id: string;
  state: RunState;
  cursor: number;
  createdBy: string;
  createdAt: Date;
  finishedAt: Date | null;
};

export type RunCounts = Readonly<Record<RunBookingState, number>>;
