import type { Call, CallResult } from '../db/index.ts';

/** A command as a lane sees it; its kind is named in the log. */
export type LaneCommand = { readonly kind: string };

/** What lanes are for: which commands they take, and how a batch of them is read, decided and written. */
export type LanePurpose<Command extends LaneCommand, Outcome> = {
  /**
   * A batch is read once the head is locked. Composed before every try, also of the same commands. Throws for a command
   * that cannot even be asked about, which is then found like one that cannot be decided.
   */
  read(eventId: string, commands: readonly Command[]): BatchRead<Outcome>;
  /** Every batch carries this one too, ahead of the others, unless it `isOwn` already; null if there is none. */
  readonly own: Command | null;
  isOwn(command: Command): boolean;
  /**
   * Whether it is dropped unexecuted when it is late or nobody waits, queues behind what is not, in a queue of
   * `queueMax`, and finds no room in a server that closes.
   */
  isDroppable(command: Command): boolean;
  /** Of what is not droppable: whether it is refused where `urgentMax` such commands wait already. */
  isBounded(command: Command): boolean;
  readonly urgentMax: number;
  /** Of what is not droppable: under which key the same command, sent again, joins the one that waits; null if it does not. */
  joinKeyOf(command: Command): string | null;
  /** The outcome where there is no such event. */
  unknownEvent(command: Command): Outcome;
  /** The outcome for those who joined, as that of a command executed before. */
  asRepeat(outcome: Outcome): Outcome;
};

export type BatchRead<Outcome> = {
  readonly calls: readonly Call[];
  /**
   * Decides, from the answers to `calls`; null if there is no such event. It runs while the head is locked: it is
   * synchronous, and hashes and signs nothing.
   */
  decide(results: readonly CallResult[]): BatchDecision<Outcome> | null;
};

/** The outcomes, in the order of the commands, and what the second trip writes before its COMMIT: null if there is nothing. */
export type BatchDecision<Outcome> = { readonly outcomes: readonly Outcome[]; readonly calls: readonly Call[] | null };
