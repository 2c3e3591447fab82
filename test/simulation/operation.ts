import type { Command as AnyCommand, OfferCommand, SaleTerms } from '../../apps/server/src/modules/sales/commands.ts';
import type { Outcome } from '../../apps/server/src/modules/sales/outcomes.ts';

/** Nobody offers tickets here. */
export type Command = Exclude<AnyCommand, OfferCommand>;

/** One command, sent to one of the servers. */
export type Operation = {
  server: number;
  eventId: string;
  command: Command;
  /** PostgreSQL refuses what the command contains: it must fail alone and change nothing. */
  isPoison: boolean;
};

/** How an operation ended: with an outcome, or without one. */
export type Result = { operation: Operation; outcome: Outcome | null; error: Error | null };

export type EventPlan = { eventId: string; terms: SaleTerms };

/** Rounds run one after the other; the operations of one round run at the same time. */
export type Plan = { events: EventPlan[]; rounds: Operation[][] };
