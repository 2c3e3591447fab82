import type { Stop } from './wire.ts';

/** Between which two programs a message is on its way. */
export type WireName = 'database' | 'provider' | 'webhook' | 'payer';

export type StoryName = 'paid' | 'left' | 'unpaid' | 'late' | 'returned' | 'refunded' | 'disputed';
export type StepName = 'hold' | 'pay' | 'payer' | 'told' | 'tickets' | 'release' | 'refund' | 'end';

/** A moment between two steps of the path of money; `step` is what the buyer or the organizer is at, or about to begin. */
export type Point = {
  story: StoryName;
  step: StepName;
  between: readonly [string, string];
  /** Null: nothing is on its way. */
  at: ({ wire: WireName } & Stop) | null;
};

type Place = Omit<Point, 'story'>;

/** A message of a lane is named by what its batch writes. */
const HELD = /lane_insert_bookings/;
const AWAITED = /lane_change_bookings/;
const PAID = /lane_insert_transfers/;
const OWED = /lane_insert_owed/;
const SETTLED = /lane_settle_owed/;

function quiet(step: StepName, before: string, after: string): Place {
  return { step, between: [before, after], at: null };
}

/** The two points about one message: it is not there yet; it is there, and its sender does not know. */
function about(step: StepName, wire: WireName, message: RegExp, [asked, done, known]: readonly [string, string, string]): Place[] {
  return [
    { step, between: [asked, done], at: { wire, when: 'before', message } },
    { step, between: [done, known], at: { wire, when: 'after', message } },
  ];
}

const TO_THE_PAYER: readonly Place[] = [
  ...about('hold', 'database', HELD, ['hold asked', 'hold committed', 'hold answered']),
  quiet('pay', 'hold answered', 'payment asked'),
  ...about('pay', 'provider', /^POST \/v1\/intents$/, ['intent asked', 'intent made', 'intent known']),
  ...about('pay', 'database', AWAITED, ['await-payment asked', 'await-payment committed', 'payment answered']),
  quiet('payer', 'payment answered', 'payer pays'),
  ...about('payer', 'payer', /\/pay$/, ['payer pays', 'provider records', 'payer told']),
];

const TOLD: readonly Place[] = [
  ...about('payer', 'webhook', /intent\.succeeded/, ['webhook sent', 'webhook received and answered', 'webhook known as arrived']),
  ...about('payer', 'database', PAID, ['receive-payment asked', 'receive-payment committed', 'webhook answered']),
];

const READ: readonly Place[] = [quiet('tickets', 'confirmed', 'tickets read')];

const REFUND: readonly Place[] = [
  quiet('refund', 'tickets read', 'refund asked'),
  ...about('refund', 'database', OWED, ['refund asked', 'refund committed with what is owed', 'refund answered']),
  ...about('refund', 'provider', /^POST \/v1\/refunds$/, ['refund asked at the provider', 'refund made', 'refund known']),
  ...about('refund', 'webhook', /refund\.succeeded/, ['refund told', 'refund heard and answered', 'refund known as heard']),
  ...about('refund', 'database', SETTLED, ['settle-owed asked', 'settle-owed committed', 'settle-owed known']),
];

const EXPIRY: readonly Place[] = [
  quiet('end', 'payment answered', 'time is over'),
  ...about('end', 'database', OWED, ['expiry due', 'expiry committed with a void owed', 'expiry known']),
  ...about('end', 'provider', /\/cancel$/, ['void asked', 'void made', 'void known']),
  ...about('end', 'webhook', /intent\.cancelled/, ['void told', 'void heard and answered', 'void known as heard']),
  ...about('end', 'database', SETTLED, ['settled void asked', 'settled void committed', 'settled void known']),
];

/** The payment is on its way when the hold is over: it takes its stock again. */
const LATE: readonly Place[] = [
  ...about('payer', 'provider', /\/cancel$/, ['void of what is under way asked', 'void refused', 'refusal of the void known']),
  ...about('payer', 'webhook', /intent\.succeeded/, [
    'late payment told',
    'late payment heard and answered',
    'late payment known as heard',
  ]),
  ...about('payer', 'database', PAID, ['re-claim asked', 're-claim committed', 're-claim answered']),
];

/** The buyer gives the hold up while the payment is on its way: what comes then goes back. */
const RETURN: readonly Place[] = [
  ...about('release', 'database', OWED, ['release asked', 'release committed with a void owed', 'release answered']),
  ...about('release', 'database', PAID, ['return of the payment asked', 'return committed with a refund owed', 'return answered']),
  ...about('release', 'provider', /^POST \/v1\/refunds$/, ['return asked at the provider', 'return made', 'return known']),
  ...about('release', 'webhook', /refund\.succeeded/, ['return told', 'return heard and answered', 'return known as heard']),
];

const DISPUTE: readonly Place[] = [
  ...about('end', 'webhook', /dispute\.opened/, ['dispute opened', 'dispute heard and answered', 'dispute known as heard']),
  ...about('end', 'webhook', /dispute\.lost/, ['dispute lost', 'loss heard and answered', 'loss known as heard']),
  ...about('end', 'database', PAID, ['dispute asked', 'dispute committed', 'dispute answered']),
];

const PLACES: Readonly<Record<StoryName, readonly Place[]>> = {
  paid: [...TO_THE_PAYER, ...TOLD, ...READ],
  left: TO_THE_PAYER,
  unpaid: EXPIRY,
  late: LATE,
  returned: RETURN,
  refunded: REFUND,
  disputed: DISPUTE,
};

/** Every fault point of the path, in its order. */
export const POINTS: readonly Point[] = (Object.keys(PLACES) as StoryName[]).flatMap((story) =>
  PLACES[story].map((place) => ({ story, ...place })),
);
