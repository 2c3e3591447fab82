import type { Command } from '../commands.ts';
import type { Outcome } from '../outcomes.ts';
import type { Changes } from './changes.ts';
import { configure, givesStock } from './configure.ts';
import { beginDraft, type Draft } from './draft.ts';
import { expireDue } from './expire.ts';
import { changeBooking } from './change-booking.ts';
import { changeByItself } from './change-by-itself.ts';
import { place } from './place.ts';
import type { SaleState } from './state.ts';

/** One outcome for each command, at its index. */
export type Decision = { outcomes: Outcome[]; changes: Changes };

const PHASES = 7;

/**
 * Decides a batch: which commands are executed and what that changes. Pure: the same arguments give the same decision.
 *
 * What gives stock back is decided first and what takes it last, each in the order of arrival. So the decision is
 * maximal: from the moment the first basket is refused stock only shrinks, and no refused basket would fit in the end.
 *
 * `nowMs` is the batch's time, by the clock of PostgreSQL.
 */
export function decide(state: SaleState, commands: readonly Command[], nowMs: number): Decision {
  const draft = beginDraft(state, nowMs);
  changeByItself(draft);
  const outcomes = new Array<Outcome>(commands.length);
  const phases = commands.map((command) => phaseOf(state, command));
  for (let phase = 0; phase < PHASES; phase += 1) {
    commands.forEach((command, index) => {
      if (phases[index] === phase) outcomes[index] = decideOne(draft, command);
    });
  }
  return { outcomes, changes: draft.changes };
}

function phaseOf(state: SaleState, command: Command): number {
  switch (command.kind) {
    case 'expire':
      return 0;
    case 'release':
    case 'cancel':
    case 'refund':
    case 'dispute':
    case 'settle-owed':
      return 1;
    case 'confirm':
    case 'extend':
    case 'await-payment':
    case 'receive-payment':
      return 5;
    case 'offer':
      return command.isWithdrawn ? 4 : 1;
    case 'place':
      return 6;
    case 'set-aside':
      return command.quantity < 0 ? 2 : 4;
    default:
      return givesStock(state, command) ? 2 : 3;
  }
}

function decideOne(draft: Draft, command: Command): Outcome {
  switch (command.kind) {
    case 'expire':
      return expireDue(draft);
    case 'place':
      return place(draft, command);
    case 'release':
    case 'cancel':
    case 'confirm':
    case 'extend':
    case 'await-payment':
    case 'receive-payment':
    case 'refund':
    case 'settle-owed':
    case 'dispute':
    case 'offer':
      return changeBooking(draft, command);
    default:
      return configure(draft, command);
  }
}
