import { idOf, type SettleOwedCommand } from '../../apps/server/src/modules/sales/commands.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import { aimAt, chooseBooking, isAimed } from './aim.ts';
import { type Model, priceOf } from './model.ts';
import { openOwed } from './notebook.ts';
import type { Command, Operation } from './operation.ts';
import { AMOUNTS } from './plan-money.ts';
import { ambiguousSubject } from './scene.ts';

/** What a round says already: of what is owed, and about which things. See `reserve` of the scene. */
type Round = { settled: Map<string, boolean>; subjects: Map<string, string | null> };

/**
 * Puts in what the plan cannot know and those who send the commands do: which bookings there are before the round, what they
 * cost, and what is owed.
 */
export function buildFillIn(models: readonly Model[]): (round: readonly Operation[]) => Operation[] {
  const aims = new Map<string, string>();
  return (operations) => {
    const round: Round = { settled: new Map(), subjects: new Map() };
    for (const { command } of operations) reserve(round, command);
    return operations.map((operation) => {
      const model = models.find(({ eventId }) => eventId === operation.eventId);
      return model ? { ...operation, command: complete(model, aim(model, operation.command, { aims, round }), round) } : operation;
    });
  };
}

/** Whether the round sends no other command that changes the same thing in the same way. */
function reserve({ subjects }: Round, command: Command): boolean {
  const subject = ambiguousSubject(command);
  if (subject === null) return true;
  const first = subjects.has(subject) ? subjects.get(subject) : idOf(command);
  subjects.set(subject, first ?? null);
  return first === idOf(command);
}

function aim(model: Model, command: Command, { aims, round }: { aims: Map<string, string>; round: Round }): Command {
  if (!isAimed(command) || model.bookings.has(command.bookingId)) return command;
  const key = `${command.kind} ${command.commandId}`;
  const bookingId = aims.get(key) ?? chooseBooking(model, command);
  if (bookingId === null) return command;
  const aimed = aimAt(model, command, bookingId);
  if (!reserve(round, aimed)) return command;
  aims.set(key, bookingId);
  return aimed;
}

function complete(model: Model, command: Command, { settled }: Round): Command {
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
