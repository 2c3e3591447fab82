import assert from 'node:assert/strict';
import { isSold } from '../../apps/server/src/modules/sales/booking-states.ts';
import type { MoneyCommand } from '../../apps/server/src/modules/sales/commands.ts';
import type { Command } from './operation.ts';
import { type Claim, isAlreadySo, isExecution } from './claim.ts';
import { execute, expire } from './execute.ts';
import { canBeKept } from './execute-money.ts';
import { askedFor, dueFor, stateAfter } from './refund-due.ts';
import { type Model, type ModelBooking, priceOf } from './model.ts';
import { objectionsTo } from './objections.ts';
import type { StoredFact } from './read-event.ts';

/** Facts about a booking all say the same of it. */
const OF_BOOKINGS = ['booking.', 'payment.', 'refund.', 'dispute.'];

/** Brings the model to where the fact says that the event went, by a command that claims to have done that. */
export function applyFact(model: Model, fact: StoredFact, claims: readonly Claim[]): void {
  if (fact.type === 'booking.expired') expire(model, fact.subjectId, fact.atMs);
  else executeClaim(model, fact, claims);
  if (OF_BOOKINGS.some((kind) => fact.type.startsWith(kind))) checkPayload(model, fact);
  if (fact.type.startsWith('event.')) assert.equal(`event.${model.terms.state}`, fact.type);
}

function executeClaim(model: Model, fact: StoredFact, claims: readonly Claim[]): void {
  const able = claims.filter(
    (claim) => !claim.isExplained && isExecution(claim.outcome) && doesWhat(model, claim.result.operation.command, fact),
  );
  const objections = able.map((claim) => objectionsTo(model, claim.result.operation.command));
  const found = able.find((claim, index) => objections[index]?.length === 0 && !isAlreadySo(model, claim.result.operation.command));
  const against = JSON.stringify({ fact, objections });
  assert.ok(found, `something happened that no command may have done: ${against}`);
  execute(model, found.result.operation.command, fact.atMs);
  found.isExplained = true;
}

/** Whether the command, once executed, leaves such a fact. */
function doesWhat(model: Model, command: Command, { type, subjectId }: StoredFact): boolean {
  switch (command.kind) {
    case 'place':
      return command.bookingId === subjectId && type === (command.confirm ? 'booking.confirmed' : 'booking.held');
    case 'release':
    case 'confirm':
    case 'cancel':
    case 'extend': {
      const done = { release: 'released', confirm: 'confirmed', cancel: 'cancelled', extend: 'extended' }[command.kind];
      return command.bookingId === subjectId && type === `booking.${done}`;
    }
    case 'await-payment':
    case 'receive-payment':
    case 'refund':
    case 'settle-owed':
    case 'dispute': {
      const booking = model.bookings.get(command.bookingId);
      return command.bookingId === subjectId && booking !== undefined && type === factOfMoney(model, booking, command);
    }
    case 'create-ticket-type':
      return command.ticketTypeId === subjectId && type === 'ticket_type.created';
    case 'change-ticket-type':
      return command.ticketTypeId === subjectId && type === 'ticket_type.changed';
    case 'set-aside':
      return command.ticketTypeId === subjectId && type === 'ticket_type.set_aside';
    case 'create-quota':
      return command.quotaId === subjectId && type === 'quota.created';
    case 'change-quota':
      return command.quotaId === subjectId && type === 'quota.changed';
    case 'create-promo-code':
      return command.promoId === subjectId && type === 'promo_code.created';
    case 'change-promo-code':
      return command.promoId === subjectId && type === 'promo_code.changed';
    case 'change-sale':
      return type === 'sale.changed' || type.startsWith('event.');
    case 'expire':
      return false;
  }
}

/** What others would hear of it now: it depends on what there is for the money. */
function factOfMoney(model: Model, booking: ModelBooking, command: MoneyCommand): string {
  switch (command.kind) {
    case 'await-payment':
      return 'booking.awaiting_payment';
    case 'receive-payment':
      if (canBeKept(model, booking, command)) return 'booking.confirmed';
      return isSold(booking.state) || booking.state === 'refunded' || booking.state === 'cancelled'
        ? 'payment.returned'
        : 'booking.refunded';
    case 'refund': {
      const { amountMinor } = dueFor(booking, command);
      return `booking.${stateAfter(booking, askedFor(booking, command.tickets), booking.refundedMinor + amountMinor)}`;
    }
    case 'settle-owed':
      return command.isDone ? 'refund.done' : 'refund.failed';
    case 'dispute':
      return command.status === 'lost' && booking.tender === 'card' && isSold(booking.state)
        ? 'booking.cancelled'
        : `dispute.${command.status}`;
  }
}

/** A reader of the fact learns what is so. */
function checkPayload(model: Model, { subjectId, payload }: StoredFact): void {
  const booking = model.bookings.get(subjectId);
  assert.ok(booking, `a fact about booking ${subjectId}`);
  assert.deepEqual(
    { buyer: payload['buyer_key'], total: payload['total_minor'], expires: payload['expires_at_ms'] },
    { buyer: booking.buyerKey, total: priceOf(booking), expires: booking.expiresAtMs },
  );
}
