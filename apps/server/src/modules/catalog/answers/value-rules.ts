import { EMAIL_PATTERN } from '@tessera/contract';
import { isCountry } from '../country-codes.ts';
import type { QuestionKind } from '../queries/questions.ts';
import type { AnswerValue } from './answer.ts';

export const TEXT_CHARS_MAX = 500;
export const LONG_TEXT_CHARS_MAX = 5_000;
/** Beyond it a number is a slip, or no number but a name that is written in digits. */
export const NUMBER_MAX = 1_000_000_000_000;
const EMAIL_CHARS_MAX = 254;
const PHONE_CHARS_MAX = 40;
/** From short numbers of small countries up to what E.164 allows. */
const PHONE_DIGITS = { min: 4, max: 15 };

const EMAIL = new RegExp(EMAIL_PATTERN, 'u');
const CONTROL = /\p{Cc}/u;
/** Several lines are several lines: of the control characters these two are text. */
const CONTROL_BUT_LINES = /[^\P{Cc}\n\t]/u;

/** What is wrong with a value for a question of the kind, or null. */
type Rule = (value: AnswerValue, options: readonly string[]) => string | null;

/** Every kind that a question can have. Options are compared by their text, as buyers see them. */
export const VALUE_RULES: Readonly<Record<QuestionKind, Rule>> = {
  text: (value) => wrongText(value, { charsMax: TEXT_CHARS_MAX, refused: CONTROL }),
  long_text: (value) => wrongText(value, { charsMax: LONG_TEXT_CHARS_MAX, refused: CONTROL_BUT_LINES }),
  number: wrongNumber,
  choice: (value, options) => {
    if (typeof value !== 'string') return 'must be text: one of the options';
    return options.includes(value) ? null : 'must be one of the options';
  },
  choices: wrongChoices,
  yes_no: (value) => (typeof value === 'boolean' ? null : 'must be true or false'),
  date: wrongDate,
  email: (value) => {
    const isAddress = typeof value === 'string' && value.length <= EMAIL_CHARS_MAX && value.isWellFormed() && EMAIL.test(value);
    return isAddress ? null : 'must be a mail address';
  },
  phone: wrongPhone,
  country: (value) => {
    return typeof value === 'string' && isCountry(value) ? null : 'must be a country: two capital letters of ISO 3166-1';
  },
};

function wrongText(value: AnswerValue, { charsMax, refused }: { charsMax: number; refused: RegExp }): string | null {
  if (typeof value !== 'string') return 'must be text';
  // Counted as people count, so that a script beyond the first plane is given the same room.
  if (value.length > 2 * charsMax || [...value].length > charsMax) return `must have at most ${charsMax} characters`;
  if (!value.isWellFormed()) return 'must not contain half of a surrogate pair';
  if (refused.test(value)) return 'must not contain control characters';
  return /\S/u.test(value) ? null : 'must not be blank: leave it out instead';
}

function wrongNumber(value: AnswerValue): string | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'must be a number';
  return Math.abs(value) <= NUMBER_MAX ? null : `must be between -${NUMBER_MAX} and ${NUMBER_MAX}`;
}

function wrongChoices(value: AnswerValue, options: readonly string[]): string | null {
  if (!Array.isArray(value)) return 'must be a list of options';
  const chosen: readonly string[] = value;
  if (chosen.length === 0) return 'must not be empty: leave it out instead';
  if (!chosen.every((one) => options.includes(one))) return 'must have nothing but options';
  return new Set(chosen).size === chosen.length ? null : 'must have each option once';
}

function wrongDate(value: AnswerValue): string | null {
  const detail = 'must be a date: YYYY-MM-DD';
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return detail;
  const at = new Date(`${value}T00:00:00Z`);
  // The 30th of February is read as a day in March.
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value) ? null : detail;
}

function wrongPhone(value: AnswerValue): string | null {
  const isShaped = typeof value === 'string' && value.length <= PHONE_CHARS_MAX && /^\+?[0-9 ()./-]+$/.test(value);
  const digits = isShaped ? value.replaceAll(/\D/g, '').length : 0;
  return digits >= PHONE_DIGITS.min && digits <= PHONE_DIGITS.max ? null : 'must be a telephone number';
}
