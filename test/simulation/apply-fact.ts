import assert from 'node:assert/strict';
import type { Command } from './operation.ts';
import { type Claim, isAlreadySo, isExecution } from './claim.ts';
import { execute, expire } from './execute.ts';
import { type Model, priceOf } from './model.ts';
import { objectionsTo } from './objections.ts';
import type { StoredFact } from './read-event.ts';

/** Brings the model to where the fact says that the event went, by a command that claims to have done that. */
export function applyFact(model: Model, fact: StoredFact, claims: readonly Claim[]): void {
  if (fact.type === 'booking.expired') expire(model, fact.subjectId, fact.atMs);
  else executeClaim(model, fact, claims);
  if (fact.type.startsWith('booking.')) checkPayload(model, fact);
  if (fact.type.startsWith('event.')) assert.equal(`event.${model.terms.state}`, fact.type);
}

function executeClaim(model: Model, fact: StoredFact, claims: readonly Claim[]): void {
  const able = claims.filter((claim) => !claim.isExplained && isExecution(claim.outcome) && doesWhat(claim.result.operation.command, fact));
  const objections = able.map((claim) => objectionsTo(model, claim.result.operation.command));
  const found = able.find((claim, index) => objections[index]?.length === 0 && !isAlreadySo(model, claim.result.operation.command));
  const against = JSON.stringify({ fact, objections });
  assert.ok(found, `something happened that no command may have done: ${against}`);
  execute(model, found.result.operation.command, fact.atMs);
  found.isExplained = true;
}

/** Whether the command, once executed, leaves such a fact. */
function doesWhat(command: Command, { type, subjectId }: StoredFact): boolean {
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

/** A reader of the fact learns what is so. */
function checkPayload(model: Model, { subjectId, payload }: StoredFact): void {
  const booking = model.bookings.get(subjectId);
  assert.ok(booking, `a fact about booking ${subjectId}`);
  assert.deepEqual(
    { buyer: payload['buyer_key'], total: payload['total_minor'], expires: payload['expires_at_ms'] },
    { buyer: booking.buyerKey, total: priceOf(booking), expires: booking.expiresAtMs },
  );
}
