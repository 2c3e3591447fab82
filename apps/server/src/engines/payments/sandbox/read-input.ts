import { isUtf8 } from 'node:buffer';
import { MOVEMENTS_MAX, type IntentOrder, type RefundOrder } from '../provider.ts';
import { objectOf } from '../wire/checks.ts';
import type { Asked } from './asked.ts';
import { FAULT_KINDS, FAULT_MS_MAX, type FaultKind } from './faults.ts';
import type { Payment } from './pay.ts';
import { Refusal } from './refusal.ts';

const REF_CHARACTERS_MAX = 200;
const DESCRIPTION_CHARACTERS_MAX = 500;
const URL_CHARACTERS_MAX = 2_000;
const CARD_CHARACTERS_MAX = 40;
export const HOLDER_CHARACTERS_MAX = 200;
const AMOUNT_MAX = 1_000_000_000_000;

type Fields = Readonly<Record<string, unknown>>;

export function readOrder(asked: Asked): IntentOrder {
  const fields = readJson(asked.body);
  const returnUrl = readReturnUrl(fields['return_url']);
  return {
    key: readKey(asked),
    amountMinor: readAmount(fields),
    currency: readCurrency(fields['currency']),
    eventId: readText(fields, 'event_id', REF_CHARACTERS_MAX),
    bookingId: readText(fields, 'booking_id', REF_CHARACTERS_MAX),
    description: readText(fields, 'description', DESCRIPTION_CHARACTERS_MAX),
    ...(returnUrl !== null && { returnUrl }),
  };
}

export function readRefundOrder(asked: Asked): RefundOrder {
  const fields = readJson(asked.body);
  return {
    key: readKey(asked),
    ref: readText(fields, 'intent_ref', REF_CHARACTERS_MAX),
    amountMinor: readAmount(fields),
    reason: readText(fields, 'reason', DESCRIPTION_CHARACTERS_MAX),
  };
}

export type PayInput = Payment & { secret: string };

/** The fields of JSON, or of the page's form. */
export function readPayment(fields: Fields): PayInput {
  return {
    secret: readText(fields, 'client_secret', REF_CHARACTERS_MAX),
    card: readOptional(fields, 'card', CARD_CHARACTERS_MAX),
    holderName: readOptional(fields, 'holder_name', HOLDER_CHARACTERS_MAX),
  };
}

export function readBankAnswer(fields: Fields): { secret: string; outcome: 'approve' | 'reject' } {
  const { outcome } = fields;
  if (outcome !== 'approve' && outcome !== 'reject') throw malformed('outcome is approve or reject.');
  return { secret: readText(fields, 'client_secret', REF_CHARACTERS_MAX), outcome };
}

export function readFault(asked: Asked): { kind: FaultKind; ms: number } {
  const fields = readJson(asked.body);
  const kind = FAULT_KINDS.find((known) => known === fields['kind']);
  const ms = fields['ms'] ?? 0;
  const isTime = typeof ms === 'number' && Number.isSafeInteger(ms) && ms >= 0 && ms <= FAULT_MS_MAX;
  if (kind === undefined || !isTime) throw malformed(`kind is one of ${FAULT_KINDS.join(', ')}, ms a whole number up to ${FAULT_MS_MAX}.`);
  return { kind, ms };
}

export function readPage(query: string): { after: number; limit: number } {
  const fields = new URLSearchParams(query);
  const [after, limit] = [fields.get('after') ?? '0', fields.get('limit') ?? '100'];
  if (!/^\d{1,15}$/.test(after) || !/^\d{1,4}$/.test(limit)) throw malformed('after and limit are whole numbers.');
  return { after: Number(after), limit: Math.min(Math.max(Number(limit), 1), MOVEMENTS_MAX) };
}

export function readJson(body: Buffer): Fields {
  if (!isUtf8(body)) throw malformed('The body is no UTF-8.');
  const fields = objectOf(parse(body.toString('utf8')));
  if (fields === null) throw malformed('The body is no JSON object.');
  return fields;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is no JSON.');
  }
}

/** A form as a browser posts it. */
export function readForm(body: Buffer): Fields {
  if (!isUtf8(body)) throw malformed('The body is no UTF-8.');
  return Object.fromEntries(new URLSearchParams(body.toString('utf8')));
}

function readKey({ headers }: Asked): string {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !/^[\x20-\x7e]{1,255}$/.test(key)) throw malformed('Idempotency-Key is missing.');
  return key;
}

function readAmount(fields: Fields): number {
  const amount = fields['amount_minor'];
  const isAmount = typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 1 && amount <= AMOUNT_MAX;
  if (!isAmount) throw malformed(`amount_minor is a whole number from 1 to ${AMOUNT_MAX}.`);
  return amount;
}

function readCurrency(value: unknown): string {
  if (typeof value !== 'string' || !/^[A-Z]{3}$/.test(value)) throw malformed('currency is three capital letters.');
  return value;
}

/** Characters are those people count: one of two UTF-16 units is one. */
function readText(fields: Fields, name: string, charactersMax: number): string {
  const value = fields[name];
  const isGood = typeof value === 'string' && value.isWellFormed() && !value.includes('\0');
  if (!isGood || value.length > charactersMax * 2 || [...value].length > charactersMax) {
    throw malformed(`${name} is a text of at most ${charactersMax} characters.`);
  }
  return value;
}

function readOptional(fields: Fields, name: string, charactersMax: number): string | null {
  return (fields[name] ?? null) === null ? null : readText(fields, name, charactersMax);
}

function readReturnUrl(value: unknown): string | null {
  if ((value ?? null) === null) return null;
  const url = typeof value === 'string' && value.length <= URL_CHARACTERS_MAX && URL.canParse(value) ? new URL(value) : null;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw malformed('return_url is an http:// or https:// URL.');
  return value as string;
}

function malformed(message: string): Refusal {
  return new Refusal(400, 'malformed', message);
}
