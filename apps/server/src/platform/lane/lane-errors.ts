/** The lane has no room, or the command waited past its deadline: nothing was written, and it may be sent again. */
export class LaneBusy extends Error {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds = 1, options?: ErrorOptions) {
    super(message, options);
    this.name = 'LaneBusy';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Whether the command was executed is not known yet. The same command, sent again, tells. */
export class OutcomeUnknown extends Error {
  readonly retryAfterSeconds = 1;

  constructor(cause: unknown) {
    super('The database has not answered yet whether the command was executed.', { cause });
    this.name = 'OutcomeUnknown';
  }
}

/** The command alone makes its transaction fail: it is the offender that bisection has found. Nothing was written. */
export class CommandFailed extends Error {
  constructor(cause: unknown) {
    super('The command makes its transaction fail.', { cause });
    this.name = 'CommandFailed';
  }
}

/** The client went away before the command was executed; nobody waits for an answer. */
export class ClientGone extends Error {
  constructor() {
    super('The client has gone.');
    this.name = 'ClientGone';
  }
}
