import type {
  ChangePromoCodeCommand,
  ChangeTicketTypeCommand,
  ConfigureCommand,
  SetAsideCommand,
} from '../../apps/server/src/modules/sales/commands.ts';
import { canBecome } from '../../apps/server/src/modules/sales/event-states.ts';
import type { Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import { type Model, usedOf, usedUnder } from './model.ts';
import { objectToStock } from './objections-stock.ts';

/** What speaks against an organizer's command. Of invalid terms the model knows those that the simulation sends. */
export function objectToConfigure(model: Model, command: ConfigureCommand): Refusal[] {
  switch (command.kind) {
    case 'change-sale': {
      const terms = { ...model.terms, ...command.changes };
      if (!canBecome(model.terms.state, terms.state)) return [{ kind: 'wrong_event_state', from: model.terms.state, to: terms.state }];
      return objectToBounds(terms);
    }
    case 'create-ticket-type':
      return model.types.has(command.ticketTypeId) ? [{ kind: 'key_reused' }] : [];
    case 'change-ticket-type':
      return objectToTypeChange(model, command);
    case 'set-aside':
      return objectToSetAside(model, command);
    case 'create-promo-code':
      return model.promos.has(command.code) ? [{ kind: 'promo_code_exists' }] : [];
    case 'change-promo-code':
      return objectToPromoChange(model, command);
    case 'create-quota':
      if (model.quotas.has(command.quotaId)) return [{ kind: 'key_reused' }];
      return objectToQuota(model, command.quotaId, command);
    case 'change-quota': {
      const quota = model.quotas.get(command.quotaId);
      if (!quota) return [{ kind: 'unknown_quota', quotaId: command.quotaId }];
      const { capacity, ticketTypeIds } = command;
      return objectToQuota(model, command.quotaId, { capacity: capacity ?? quota.capacity, ticketTypeIds: ticketTypeIds ?? quota.members });
    }
  }
}

function objectToTypeChange(model: Model, command: ChangeTicketTypeCommand): Refusal[] {
  const type = model.types.get(command.ticketTypeId);
  if (!type) return [{ kind: 'unknown_ticket_type', ticketTypeId: command.ticketTypeId }];
  const terms = { ...type.terms, ...command.changes };
  const found = objectToBounds(terms);
  if (terms.bookingMin < 1) found.push({ kind: 'invalid_terms', field: 'booking_min', detail: '' });
  if (terms.bookingMax < terms.bookingMin) found.push({ kind: 'invalid_terms', field: 'booking_max', detail: '' });
  const possible = usedOf(type);
  if ((command.capacity ?? type.capacity) < possible) found.push({ kind: 'capacity_too_low', possible, subjectId: command.ticketTypeId });
  return found;
}

function objectToPromoChange(model: Model, { code, changes }: ChangePromoCodeCommand): Refusal[] {
  const promo = model.promos.get(code);
  if (!promo) return [{ kind: 'unknown_promo_code' }];
  const { usesMax } = { ...promo.terms, ...changes };
  return usesMax !== null && usesMax < promo.used ? [{ kind: 'uses_too_low', possible: promo.used }] : [];
}

function objectToBounds({ salesStartMs, salesEndMs }: { salesStartMs: number | null; salesEndMs: number | null }): Refusal[] {
  if (salesStartMs === null || salesEndMs === null || salesStartMs < salesEndMs) return [];
  return [{ kind: 'invalid_terms', field: 'sales_end_at', detail: '' }];
}

function objectToSetAside(model: Model, { ticketTypeId, quantity }: SetAsideCommand): Refusal[] {
  const type = model.types.get(ticketTypeId);
  if (!type) return [{ kind: 'unknown_ticket_type', ticketTypeId }];
  if (quantity > 0) return objectToStock(model, [{ ticketTypeId, quantity }]);
  return type.setAside + quantity < 0 ? [{ kind: 'set_aside_too_low', possible: type.setAside }] : [];
}

type Shape = { capacity: number; ticketTypeIds: readonly string[] };

function objectToQuota(model: Model, quotaId: string, { capacity, ticketTypeIds }: Shape): Refusal[] {
  const unknown = ticketTypeIds.find((id) => !model.types.has(id));
  if (unknown !== undefined) return [{ kind: 'unknown_ticket_type', ticketTypeId: unknown }];
  const possible = usedUnder(model, ticketTypeIds);
  return capacity < possible ? [{ kind: 'capacity_too_low', possible, subjectId: quotaId }] : [];
}
