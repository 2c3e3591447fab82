import { problem, type ProblemError } from '../../platform/http/index.ts';
import { PasswordsBusy } from './passwords.ts';

/** The problem of an error of this module; null if it is none. */
export function problemOfAccountsError(error: unknown): ProblemError | null {
  if (!(error instanceof PasswordsBusy)) return null;
  const detail = 'Too many people sign in at this moment.';
  return problem('UNAVAILABLE', { detail, headers: { 'retry-after': String(error.retryAfterSeconds) } });
}
