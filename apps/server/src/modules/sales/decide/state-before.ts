import type { ConfigureCommand } from '../commands.ts';
import type { ConfiguredBefore } from '../outcomes.ts';
import type { PromoTerms } from '../prices.ts';
import type { Draft } from './draft.ts';

/**
 * What an organizer's command is about to change, as it is: only the decision knows it, since nothing can change between
 * this look and the change. Null where the command makes something new, or will be refused for what is not there.
 */
export function stateBefore(draft: Draft, command: ConfigureCommand): ConfiguredBefore | null {
  switch (command.kind) {
    case 'change-sale':
      return named(draft.terms, command.changes);
    case 'change-ticket-type': {
      const type = draft.ticketTypes.get(command.ticketTypeId);
      return type ? { ...(command.capacity !== null && { capacity: type.capacity }), ...named(type.terms, command.changes) } : null;
    }
    case 'set-aside': {
      const type = draft.ticketTypes.get(command.ticketTypeId);
      return type ? { setAside: type.setAside } : null;
    }
    case 'change-quota': {
      const quota = draft.quotas.get(command.quotaId);
      if (!quota) return null;
      const { capacity, ticketTypeIds } = quota;
      return { ...(command.capacity !== null && { capacity }), ...(command.ticketTypeIds !== null && { ticketTypeIds }) };
    }
    case 'change-promo-code': {
      const promo = draft.promoCodes.get(command.code);
      return promo ? named<Partial<PromoTerms>>(promo, command.changes) : null;
    }
    case 'create-promo-code':
    case 'create-ticket-type':
    case 'create-quota':
      return null;
  }
}

/** Of the terms those that the changes name. */
function named<Terms extends object>(terms: Terms, changes: Partial<Terms>): ConfiguredBefore {
  return Object.fromEntries(Object.entries(terms).filter(([name]) => Object.hasOwn(changes, name)));
}
