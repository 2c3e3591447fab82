import type { SettleOwedCommand } from '../../apps/server/src/modules/sales/commands.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import { type Model, priceOf } from './model.ts';
import { openOwed } from './notebook.ts';
import type { Command, Operation } from './operation.ts';
import { AMOUNTS } from './plan-money.ts';

/** Puts in what the provider knows of the sale as it stands before the round: what bookings cost, and what is owed. */
export function fillIn(models: readonly Model[], round: readonly Operation[]): Operation[] {
  const settled = new Map<string, boolean>();
  return round.map((operation) => {
    const model = models.find(({ eventId }) => eventId === operation.eventId);
    return model ? { ...operation, command: complete(model, operation.command, settled) } : operation;
  });
}

function complete(model: Model, command: Command, settled: Map<string, boolean>): Command {
  switch (command.kind) {
    case 'receive-payment':
      return { ...command, receivedMinor: amountOf(model, command.bookingId, command.receivedMinor) };
    case 'dispute':
      return { ...command, amountMinor: amountOf(model, command.bookingId, command.amountMinor) };
    case 'settle-owed':
      return settlementOf(model, command, settled);
    default:
      return command;
  }
}

function amountOf(model: Model, bookingId: string, share: number): number {
  const booking = model.bookings.get(bookingId);
  const whole = booking ? priceOf(booking) : 1_000;
  const amountMinor = share === AMOUNTS.less ? whole - 1 : share === AMOUNTS.more ? whole + 100 : whole;
  return Math.max(1, amountMinor);
}

/** In one round the provider says one thing of what is owed: which of two was said first could not be told. */
function settlementOf(model: Model, command: SettleOwedCommand, settled: Map<string, boolean>): Command {
  const open = openOwed(model.notebook);
  const picked = open[command.owed.amountMinor % Math.max(1, open.length)];
  if (!picked) return { kind: 'expire', everything: false };
  const [id, { kind, bookingId, amountMinor, currency }] = picked;
  const isDone = settled.get(id) ?? command.isDone;
  settled.set(id, isDone);
  const commandId = uuidFromText(`settled\n${model.eventId}\n${id}\n${isDone}`);
  return { ...command, commandId, fingerprint: commandId, bookingId, owed: { id, kind, amountMinor, currency }, isDone };
}
