import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc, { type Arbitrary } from 'fast-check';
import type { QuestionKind, QuestionRecord } from '../queries/questions.ts';
import type { AnswerValue } from './answer.ts';
import { checkAnswers, questionsFor, type Respondent } from './check-answers.ts';
import { LONG_TEXT_CHARS_MAX, NUMBER_MAX, TEXT_CHARS_MAX, VALUE_RULES } from './value-rules.ts';

const OPTIONS = ['Fish', 'Beans', 'ничего', '何もない'];
const SEAT = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const BOOKING: Respondent = { per: 'booking', ticketTypeIds: [SEAT] };
const TICKET: Respondent = { per: 'ticket', ticketTypeId: SEAT };

function question(changes: Partial<QuestionRecord> = {}): QuestionRecord {
  const plain = { id: 'a', label: 'What?', help: '', kind: 'text', options: [], required: false, askedPer: 'booking' } as const;
  return { ...plain, ticketTypeIds: [], position: 0, createdAt: new Date(0), archivedAt: null, ...changes };
}

const withOptions = (kind: QuestionKind): readonly string[] => (kind === 'choice' || kind === 'choices' ? OPTIONS : []);

function detailOf(kind: QuestionKind, value: AnswerValue): string | null {
  const asked = question({ kind, options: withOptions(kind) });
  const { problems } = checkAnswers({ questions: [asked], respondent: BOOKING, answers: [{ questionId: asked.id, value }] });
  return problems[0]?.detail ?? null;
}

/** Names and sentences in the scripts of the world. */
const SCRIPTS = [
  'Åse Čapek',
  'Łódź',
  'Ελένη',
  'Наталья',
  'שלום',
  'محمد',
  'कमला',
  'ไพลิน',
  '王小明',
  'ひなの',
  '김민준',
  '𠮷野家',
  '👩‍👩‍👧',
  'می‌خواهم',
];
const word = fc.constantFrom(...SCRIPTS);
const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[0-9]{${min},${max}}$`));
const printable = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }).filter((text) => /\S/u.test(text) && !/\p{Cc}/u.test(text));
const two = (number: number): string => String(number).padStart(2, '0');
const day = fc
  .date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

const GOOD: Readonly<Record<QuestionKind, Arbitrary<AnswerValue>>> = {
  text: fc.oneof(word, printable, fc.constant('𠮷'.repeat(TEXT_CHARS_MAX))),
  long_text: fc.oneof(
    word,
    printable,
    fc.tuple(word, word).map((lines) => lines.join('\n\t')),
    fc.constant('x'.repeat(LONG_TEXT_CHARS_MAX)),
  ),
  number: fc.oneof(fc.double({ min: -NUMBER_MAX, max: NUMBER_MAX, noNaN: true }), fc.integer()),
  choice: fc.constantFrom(...OPTIONS),
  choices: fc.subarray(OPTIONS, { minLength: 1 }),
  yes_no: fc.boolean(),
  date: day,
  email: fc
    .tuple(fc.stringMatching(/^[a-z0-9.+_-]{1,64}$/), fc.stringMatching(/^[a-z0-9-]{1,60}\.[a-z]{2,8}$/))
    .map((parts) => parts.join('@')),
  phone: fc
    .tuple(fc.constantFrom('', '+'), digits(2, 7), fc.constantFrom('', ' ', '-', '/', ' (0) '), digits(2, 7))
    .map((parts) => parts.join('')),
  country: fc.constantFrom('AT', 'DE', 'JP', 'NG', 'XK', 'ZA'),
};

const notText = fc.oneof(fc.integer(), fc.boolean(), fc.array(fc.constantFrom(...OPTIONS)));
const control = fc
  .tuple(word, fc.constantFrom('\0', '\u0007', '\u001b', '\r', '\u007f', '\u0085', '\u009b'), word)
  .map((parts) => parts.join(''));
const blank = fc.constantFrom('', ' ', '\u00a0', '\u3000 ');
const halves = fc.tuple(word, fc.constantFrom('\ud83d', '\udc00')).map((parts) => parts.join(''));
const noDay = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1000, max: 9999 }), fc.constantFrom('02-30', '04-31', '13-01', '00-10', '01-00', '06-32'))
    .map((parts) => parts.join('-')),
  // Of odd years none is a leap year.
  fc.integer({ min: 1, max: 2_500 }).map((half) => `${2 * half + 1001}-02-29`),
  fc.constantFrom('2026-1-1', '01.02.2026', '2026-01-01T00:00:00Z', ' 2026-01-01', '٢٠٢٦-٠١-٠١', '-002026-01-01'),
  fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 })).map(([month, date]) => `${two(month)}-${two(date)}-2026`),
);

const BAD: Readonly<Record<QuestionKind, Arbitrary<AnswerValue>>> = {
  text: fc.oneof(notText, control, blank, halves, fc.constant('two\nlines'), fc.constant('𠮷'.repeat(TEXT_CHARS_MAX + 1))),
  long_text: fc.oneof(notText, control, blank, halves, fc.constant('x'.repeat(LONG_TEXT_CHARS_MAX + 1))),
  number: fc.oneof(
    fc.constantFrom(Number.NaN, Infinity, -Infinity, NUMBER_MAX * 1.001, -NUMBER_MAX * 1.001, true, false),
    fc.integer().map(String),
    fc.constant(['1']),
  ),
  choice: fc.oneof(
    notText,
    printable.filter((text) => !OPTIONS.includes(text)),
    fc.constantFrom('fish', 'Fish ', '0', ...Object.getOwnPropertyNames(Object.prototype)),
  ),
  choices: fc.oneof(
    fc.constantFrom<AnswerValue>('Fish', 0, true, [], ['Fish', 'Fish'], ['Fish', 'Meat'], ['fish']),
    fc.subarray(OPTIONS, { minLength: 1 }).map((some) => [...some, some[0] ?? '']),
  ),
  yes_no: fc.oneof(fc.constantFrom<AnswerValue>('true', 'yes', 0, 1, [], ''), printable),
  date: fc.oneof(notText, noDay, blank),
  email: fc.oneof(
    notText,
    fc.constantFrom('', 'a', 'a@', '@b', 'a b@c.at', 'a@b@c.at', 'a@b,c.at', '<a@b.at>', 'a\n@b.at'),
    halves.map((half) => `${half}@b.at`),
  ),
  phone: fc.oneof(notText, digits(0, 3), digits(16, 30), fc.constantFrom('++4312345', '12345 ext 7', '٠١٢٣٤٥٦', '(((((', '+', '12+34567')),
  country: fc.oneof(notText, fc.constantFrom('at', 'AUT', 'Austria', 'EU', 'UN', 'ZZ', 'SU', '', 'A', '🇦🇹')),
};

describe('answers by kind', () => {
  for (const kind of Object.keys(VALUE_RULES) as QuestionKind[]) {
    it(`${kind}: what fits is taken`, () => {
      fc.assert(fc.property(GOOD[kind], (value) => assert.equal(detailOf(kind, value), null, JSON.stringify(value))));
    });
    it(`${kind}: what does not is refused, and says why`, () => {
      fc.assert(fc.property(BAD[kind], (value) => assert.match(detailOf(kind, value) ?? '', /^must /, JSON.stringify(value))));
    });
  }
});

describe('answers and questions', () => {
  const answer = (questionId: string, value: AnswerValue = 'x') => ({ questionId, value });

  it('each refused answer is named by its place', () => {
    const questions = [question({ id: 'a' }), question({ id: 'b', kind: 'number' })];
    const answers = [answer('b', 'many'), answer('a'), answer('c'), answer('a', 'again')];
    assert.deepEqual(checkAnswers({ questions, respondent: BOOKING, answers }).problems, [
      { index: 0, detail: 'must be a number' },
      { index: 2, detail: 'answers no question of this event' },
      { index: 3, detail: 'answers a question that is answered before' },
    ]);
  });

  it('archived questions, those of other types and those for others are refused, and not missed', () => {
    const questions = [
      question({ id: 'archived', required: true, archivedAt: new Date(1) }),
      question({ id: 'of others', required: true, ticketTypeIds: [OTHER] }),
      question({ id: 'per ticket', required: true, askedPer: 'ticket' }),
    ];
    for (const { id } of questions) {
      const { problems, missing } = checkAnswers({ questions, respondent: BOOKING, answers: [answer(id)] });
      assert.deepEqual([problems.length, missing.length], [1, 0], id);
    }
    const { problems, missing } = checkAnswers({ questions, respondent: TICKET, answers: [answer('per ticket')] });
    assert.deepEqual([problems, missing], [[], []]);
  });

  it('a booking is asked what is for any of its types, a ticket what is for its own', () => {
    const questions = [
      question({ id: 'both', ticketTypeIds: [OTHER, SEAT] }),
      question({ id: 'seat', askedPer: 'ticket', ticketTypeIds: [SEAT] }),
    ];
    const idsFor = (respondent: Respondent) => questionsFor(questions, respondent).map(({ id }) => id);
    assert.deepEqual(idsFor({ per: 'booking', ticketTypeIds: [OTHER] }), ['both']);
    assert.deepEqual(idsFor({ per: 'booking', ticketTypeIds: [] }), []);
    assert.deepEqual([idsFor(TICKET), idsFor({ per: 'ticket', ticketTypeId: OTHER })], [['seat'], []]);
  });

  it('a required question is missing exactly if no answer to it fits', () => {
    const kinds = Object.keys(VALUE_RULES) as QuestionKind[];
    const one = fc.constantFrom(...kinds).chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        required: fc.boolean(),
        given: fc.oneof(
          fc.constant(null),
          GOOD[kind].map((value) => ({ value, isGood: true })),
          BAD[kind].map((value) => ({ value, isGood: false })),
        ),
      }),
    );
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), (all) => {
        const questions = all.map(({ kind, required }, at) => question({ id: `q${at}`, kind, required, options: withOptions(kind) }));
        const answers = all.flatMap(({ given }, at) => (given ? [answer(`q${at}`, given.value)] : []));
        const { problems, missing } = checkAnswers({ questions, respondent: BOOKING, answers });
        const unanswered = all.flatMap(({ required, given }, at) => (required && !given?.isGood ? [`q${at}`] : []));
        assert.deepEqual(
          missing.map(({ id }) => id),
          unanswered,
        );
        assert.equal(problems.length, all.filter(({ given }) => given && !given.isGood).length);
      }),
    );
  });

  it('an option that is gone is missing again', () => {
    const questions = [question({ kind: 'choice', options: ['Beans'], required: true })];
    const { problems, missing } = checkAnswers({ questions, respondent: BOOKING, answers: [answer('a', 'Fish')] });
    assert.deepEqual([problems.length, missing.length], [1, 1]);
  });
});
