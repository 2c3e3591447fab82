import { problem, type ProblemError } from '../../../platform/http/index.ts';
import type { PasswordProblem } from '../passwords.ts';

const DETAILS: Readonly<Record<PasswordProblem, string>> = {
  too_short: 'has fewer than 10 characters',
  too_long: 'has more than 200 characters',
  too_common: 'is one that many people use',
  about_you: 'is your own name or address',
};

export function weakPassword(why: PasswordProblem): ProblemError {
  const detail = DETAILS[why];
  return problem('ACCOUNTS_PASSWORD_WEAK', { detail: `The password ${detail}.`, errors: [{ field: '/password', detail }] });
}
