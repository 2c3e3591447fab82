import { invariant } from '../../../platform/invariant.ts';
import { seal, unseal } from '../../../platform/seal/index.ts';
import type { Answer } from '../../catalog/index.ts';

/** Whose words they are, and about which ticket of which booking: 0 is the booking itself. */
export type Place = { eventId: string; bookingId: string; number: number; buyerKey: string };

export type Said = { name: string | null; email: string | null; answers: readonly Answer[] };
export type SealedSaid = { nameSealed: Buffer | null; emailSealed: Buffer | null; answersSealed: Buffer | null };

export const NOTHING_SAID: Said = { name: null, email: null, answers: [] };

/** Each value is bound to its place: who can write to the database cannot show it as somebody else's. */
export function sealSaid(key: Buffer, place: Place, { name, email, answers }: Said): SealedSaid {
  const sealed = (what: Field, value: string | null) => (value === null ? null : seal(key, value, textOf(what, place)));
  return {
    nameSealed: sealed('name', name),
    emailSealed: sealed('email', email),
    answersSealed: sealed(
      'answers',
      answers.length === 0 ? null : JSON.stringify(answers.map(({ questionId, value }) => [questionId, value])),
    ),
  };
}

/** Nothing, where the key was destroyed. */
export function unsealSaid(key: Buffer | undefined, place: Place, { nameSealed, emailSealed, answersSealed }: SealedSaid): Said {
  if (!key) return NOTHING_SAID;
  const unsealed = (what: Field, sealed: Buffer | null) => (sealed === null ? null : unseal(key, sealed, textOf(what, place)));
  const answers = unsealed('answers', answersSealed);
  return {
    name: unsealed('name', nameSealed),
    email: unsealed('email', emailSealed),
    answers: answers === null ? [] : parseAnswers(answers),
  };
}

type Field = 'name' | 'email' | 'answers';

function textOf(what: Field, { eventId, bookingId, number, buyerKey }: Place): string {
  return `attendee ${what} of ${eventId} ${bookingId} ${number} by ${buyerKey}`;
}

function parseAnswers(text: string): Answer[] {
  const pairs: unknown = JSON.parse(text);
  invariant(Array.isArray(pairs), 'answers are sealed as pairs');
  return pairs.map(([questionId, value]: [string, Answer['value']]) => ({ questionId, value }));
}
