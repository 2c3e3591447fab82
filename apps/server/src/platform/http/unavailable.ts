import { problem, type ProblemError } from './problem.ts';

/** Codes of Node and of PostgreSQL (classes 08, 53 and 57P) that mean: the database does not answer now. */
const AWAY = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08...|53...|57P..|57014|25P03)$/;

/** `pg` gives no code for these. */
const MESSAGES = /^(?:timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

/** UNAVAILABLE where the error says that the database is away, else null. */
export function problemOfAbsentDatabase(error: unknown): ProblemError | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as NodeJS.ErrnoException;
  const isAway = (typeof code === 'string' && AWAY.test(code)) || MESSAGES.test(error.message);
  return isAway ? problem('UNAVAILABLE', { cause: error, headers: { 'retry-after': '1' } }) : null;
}
