import type { Command } from './operation.ts';
import type { Refusal } from '../../apps/server/src/modules/sales/outcomes.ts';
import type { Model } from './model.ts';
import { objectToBookingCommand } from './objections-booking.ts';
import { objectToConfigure } from './objections-configure.ts';
import { objectToPlace } from './objections-place.ts';

/** Everything that speaks against executing the command now; nothing does if the list is empty. Any one may be answered. */
export function objectionsTo(model: Model, command: Command): Refusal[] {
  switch (command.kind) {
    case 'expire':
      return [];
    case 'place':
      return objectToPlace(model, command);
    case 'release':
    case 'cancel':
    case 'confirm':
    case 'extend':
    case 'await-payment':
    case 'receive-payment':
    case 'refund':
    case 'settle-owed':
    case 'dispute':
      return objectToBookingCommand(model, command);
    default:
      return objectToConfigure(model, command);
  }
}
