import { textArray, uuidArray, type Call, type CallResult } from '../../../platform/db/index.ts';
import { idOf, mayEndOffers, type Command, type ConfirmCommand, type ReceivePaymentCommand } from '../commands.ts';
import type { SaleState } from '../decide/state.ts';
import { isUnlimited, rememberUnlimited } from './unlimited-codes.ts';
import { parseBookings, parseBuyerTotals, parseExecuted, parseHead, parseOffers, parseQuotas, parseTicketTypes } from './parse-rows.ts';
import { parsePromoCodes } from './parse-prices.ts';
import { READ_PAYER_PROMO_CODES, READ_PAYER_PROMO_USES, READ_PROMO_CODES, READ_PROMO_USES } from './promo-statements.ts';
import {
  READ_BOOKINGS,
  READ_BUYER_TOTALS,
  READ_COMMANDS,
  READ_DUE,
  READ_EVERY_DUE,
  READ_HEAD,
  READ_OFFERS,
  READ_PAYER_TOTALS,
  READ_QUOTAS,
  READ_TICKET_TYPES,
} from './read-statements.ts';

/**
 * Bookings expired by one batch at most. It also bounds what PostgreSQL must send while it holds the head's lock: a
 * server that is stopped in mid-batch does not read, and an answer too large for the socket's buffer would keep the lock.
 */
export const DUE_MAX = 250;

type ReadName = 'head' | 'ticketTypes' | 'quotas' | 'buyerTotals' | 'payerTotals' | 'bookings' | 'due' | 'offers' | 'executed' | PromoRead;
type PromoRead = 'promoCodes' | 'promoUses' | 'payerPromoCodes' | 'payerPromoUses';
type Read = { name: ReadName; call: Call };

/** What a batch reads once it has the head's lock, and how the answers become the state to decide on. */
export type StateRead = {
  calls: Call[];
  /** Null if there is no such event. */
  parse(results: readonly CallResult[]): { state: SaleState; nowMs: number } | null;
};

export function readState(eventId: string, commands: readonly Command[]): StateRead {
  const reads = readsFor(eventId, commands);
  return {
    calls: reads.map((read) => read.call),
    parse: (results) => parse(eventId, reads, results),
  };
}

function readsFor(eventId: string, commands: readonly Command[]): Read[] {
  const reads: Read[] = [
    { name: 'head', call: { statement: READ_HEAD, values: [eventId] } },
    { name: 'ticketTypes', call: { statement: READ_TICKET_TYPES, values: [eventId] } },
    { name: 'quotas', call: { statement: READ_QUOTAS, values: [eventId] } },
  ];
  const named = collect(eventId, commands);
  const add = (name: ReadName, statement: Call['statement'], ids: Set<string>, write = uuidArray): void => {
    if (ids.size > 0) reads.push({ name, call: { statement, values: [eventId, write([...ids])] } });
  };
  add('buyerTotals', READ_BUYER_TOTALS, named.buyers);
  add('payerTotals', READ_PAYER_TOTALS, named.paidBookings);
  add('bookings', READ_BOOKINGS, named.bookings);
  add('executed', READ_COMMANDS, named.commands);
  add('promoCodes', READ_PROMO_CODES, named.promoCodes, textArray);
  add('payerPromoCodes', READ_PAYER_PROMO_CODES, named.paidBookings);
  add('payerPromoUses', READ_PAYER_PROMO_USES, named.paidBookings);
  if (named.promoUses.length > 0) reads.push({ name: 'promoUses', call: readPromoUses(eventId, named.promoUses) });
  if (named.confirmed.length > 0 || named.soldAtOnce > 0) {
    const values = [eventId, uuidArray(named.confirmed), named.soldAtOnce, uuidArray([...named.endingOffers])];
    reads.push({ name: 'offers', call: { statement: READ_OFFERS, values } });
  }
  if (named.expire) {
    const statement = named.expire === 'everything' ? READ_EVERY_DUE : READ_DUE;
    reads.push({ name: 'due', call: { statement, values: [eventId, DUE_MAX + 1] } });
  }
  return reads;
}

function readPromoUses(eventId: string, uses: Named['promoUses']): Call {
  const buyers = uuidArray(uses.map((use) => use.buyerKey));
  return { statement: READ_PROMO_USES, values: [eventId, buyers, textArray(uses.map((use) => use.code))] };
}

type Named = {
  promoCodes: Set<string>;
  promoUses: { buyerKey: string; code: string }[];
  buyers: Set<string>;
  bookings: Set<string>;
  paidBookings: Set<string>;
  /** Bookings that may be confirmed, and tickets that may be sold as soon as they are placed: offered places are sold then. */
  confirmed: string[];
  soldAtOnce: number;
  /** Bookings that may offer nothing any more behind this batch. */
  endingOffers: Set<string>;
  commands: Set<string>;
  expire: 'marked' | 'everything' | null;
};

function collect(eventId: string, commands: readonly Command[]): Named {
  const named: Named = {
    buyers: new Set(),
    bookings: new Set(),
    paidBookings: new Set(),
    confirmed: [],
    soldAtOnce: 0,
    endingOffers: new Set(),
    commands: new Set(),
    promoCodes: new Set(),
    promoUses: [],
    expire: null,
  };
  for (const command of commands) {
    if (command.kind === 'expire') {
      if (named.expire !== 'everything') named.expire = command.everything ? 'everything' : 'marked';
      continue;
    }
    if (command.kind === 'place') named.buyers.add(command.buyerKey);
    else named.commands.add(idOf(command) ?? '');
    if (command.kind === 'place' && command.promoCode !== null) {
      named.promoCodes.add(command.promoCode);
      if (!isUnlimited(eventId, command.promoCode)) named.promoUses.push({ buyerKey: command.buyerKey, code: command.promoCode });
    }
    if ('code' in command) named.promoCodes.add(command.code);
    if ('bookingId' in command) named.bookings.add(command.bookingId);
    if (command.kind === 'place' && command.confirm) named.soldAtOnce += command.lines.reduce((sum, line) => sum + line.quantity, 0);
    if (command.kind === 'confirm' || command.kind === 'receive-payment') named.confirmed.push(command.bookingId);
    if (mayEndOffers(command)) named.endingOffers.add(command.bookingId);
    if (mayReclaim(command)) named.paidBookings.add(command.bookingId);
  }
  return named;
}

/** Whether a command may take expired stock again: then the buyer's limits must be known. */
function mayReclaim(command: Command): command is ConfirmCommand | ReceivePaymentCommand {
  return command.kind === 'receive-payment' || (command.kind === 'confirm' && command.tender !== null);
}

function parse(eventId: string, reads: readonly Read[], results: readonly CallResult[]): { state: SaleState; nowMs: number } | null {
  const rows = new Map(reads.map((read, index) => [read.name, results[index]?.rows ?? []]));
  const rowsOf = (name: ReadName): unknown[][] => rows.get(name) ?? [];
  const headRow = rowsOf('head')[0];
  if (!headRow) return null;
  const { head, nowMs } = parseHead(headRow);
  const due = rowsOf('due');
  const dueRows = due.slice(0, DUE_MAX);
  const offerRows = rowsOf('offers');
  const sellerRows = offerRows.map((row) => row.slice(3));
  const promoCodes = parsePromoCodes([...rowsOf('promoCodes'), ...rowsOf('payerPromoCodes')]);
  rememberUnlimited(eventId, promoCodes);
  const state: SaleState = {
    eventId,
    head,
    ticketTypes: parseTicketTypes(rowsOf('ticketTypes')),
    quotas: parseQuotas(rowsOf('quotas')),
    buyerTotals: parseBuyerTotals([...rowsOf('buyerTotals'), ...rowsOf('payerTotals')]),
    bookings: parseBookings([...rowsOf('bookings'), ...dueRows, ...sellerRows]),
    offers: parseOffers(offerRows),
    promoCodes,
    promoUses: parseBuyerTotals([...rowsOf('promoUses'), ...rowsOf('payerPromoUses')]),
    dueBookingIds: dueRows.map((row) => String(row[0])),
    moreDue: due.length > DUE_MAX,
    executed: parseExecuted(rowsOf('executed')),
  };
  return { state, nowMs };
}
