import { problem, type ProblemError } from './problem.ts';

/** What Node says when nobody answers. */
const ABSENT = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;

/**
 * What PostgreSQL says when the same request may succeed later (manual, appendix A): connection, its password and its
 * database (08, 28, 3D), conflicts (40), resources (53), an operator or a disk that intervenes (57P, 58), a statement or
 * a transaction ended for its time (57014, 25P02 to 25P04), a lock not granted, a primary that has become a standby.
 */
const PASSING = /^(?:08...|28...|3D...|40...|53...|57P..|58...|57014|25P0[234]|55P03|25006)$/;

/** `pg` gives no code for these. */
const MESSAGES =
  /^(?:timeout exceeded when trying to connect|timeout expired|Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed)/;

/** UNAVAILABLE where the error says that the database is away, else null. */
export function problemOfAbsentDatabase(error: unknown): ProblemError | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as NodeJS.ErrnoException;
  const isAway = (typeof code === 'string' && (ABSENT.test(code) || PASSING.test(code))) || MESSAGES.test(error.message);
  return isAway ? problem('UNAVAILABLE', { cause: error, headers: { 'retry-after': '1' } }) : null;
}
