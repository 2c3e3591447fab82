import type {
  Actor,
  AwaitPaymentCommand,
  DisputeCommand,
  PlaceCommand,
  ReceivePaymentCommand,
  RefundCommand,
  SettleOwedCommand,
} from '../../apps/server/src/modules/sales/commands.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import type { Command } from './operation.ts';
import { fingerprintOf, planPlace } from './plan-buyers.ts';
import { pickRecent, type Scene } from './scene.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Amounts that only the provider knows: what the booking costs, less than that or more. They are filled in when a command is sent. */
export const AMOUNTS = { whole: 0, less: -1, more: -2 } as const;

const ORGANIZER: Actor = { kind: 'organizer' };

/** What happens to the money of a booking that may have been refused, or a sale at the desk. */
export function planMoney(random: SeededRandom, scene: Scene): Command {
  const about = scene.placed.length > 0 ? pickRecent(random, scene.placed) : planPlace(random, scene);
  const dice = random.int(100);
  const command =
    dice < 40 ? planPayment(random, scene, about) : dice < 88 ? planReturn(random, scene, about, dice) : planDesk(random, scene);
  return scene.reserve(command) ? command : planPlace(random, scene);
}

function planReturn(random: SeededRandom, scene: Scene, about: PlaceCommand, dice: number): Command {
  if (dice < 66) return planRefund(random, scene, about);
  return dice < 76 ? planDispute(random, scene, about) : planSettlement(random, scene);
}

/** The buyer goes to pay; what the provider then says of it arrives when it arrives, or not at all before somebody asks. */
function planPayment(random: SeededRandom, scene: Scene, about: PlaceCommand): Command {
  const paymentRef = random.chance(92) ? `pay ${about.bookingId}` : 'pay somebody else';
  for (const inRounds of planDelivery(random)) scene.deliver(inRounds, planReceipt(random, scene, about, paymentRef));
  const isTheirs = random.chance(92);
  const commandId = uuidFromText(`await\n${scene.eventId}\n${about.bookingId}\n${paymentRef}`);
  const buyerKey = isTheirs ? about.buyerKey : random.pick(scene.buyers());
  const command: AwaitPaymentCommand = {
    ...{ kind: 'await-payment', commandId, fingerprint: commandId, bookingId: about.bookingId },
    ...{ actor: { kind: 'buyer', buyerKey }, paymentRef },
  };
  return command;
}

/** In how many rounds a notification arrives, each time that it does. A lost one is the answer to the sweep that asks the provider. */
function planDelivery(random: SeededRandom): number[] {
  switch (random.int(8)) {
    case 0:
      return [];
    case 1:
      return [0];
    case 2:
      return [1, 1];
    case 3:
      return [1, 2 + random.int(20)];
    // Behind the end of a short hold.
    case 4:
      return [60 + random.int(60)];
    case 5:
      return [100 + random.int(150), 110 + random.int(150)];
    default:
      return [1 + random.int(8)];
  }
}

/** The first time that it is told of counts: later amounts under the same name are a repeat. */
function planReceipt(random: SeededRandom, { eventId }: Scene, { bookingId }: PlaceCommand, paymentRef: string): ReceivePaymentCommand {
  const commandId = uuidFromText(`paid\n${eventId}\n${bookingId}\n${paymentRef}`);
  const receivedMinor = random.chance(90) ? AMOUNTS.whole : random.pick([AMOUNTS.less, AMOUNTS.more]);
  const currency = random.chance(97) ? 'EUR' : 'USD';
  return { kind: 'receive-payment', commandId, fingerprint: commandId, bookingId, actor: ORGANIZER, paymentRef, receivedMinor, currency };
}

function planRefund(random: SeededRandom, scene: Scene, { bookingId }: PlaceCommand): RefundCommand {
  const some = Array.from({ length: 1 + random.int(2) }, () => 1 + random.int(random.chance(90) ? 4 : 20));
  const tickets = random.pick(['all' as const, some, some, some, []]);
  const amountMinor = tickets.length === 0 || random.chance(25) ? random.pick([0, 1, 100, 700, 1_500, 60_000]) : null;
  const asked = { tickets, amountMinor, keepFees: random.chance(40), restock: random.chance(70), reason: 'asked' };
  const identity = { commandId: scene.nextId('command'), fingerprint: fingerprintOf({ bookingId, ...asked }), bookingId };
  return { kind: 'refund', ...identity, actor: ORGANIZER, ...asked };
}

/** In any order, and before the payment itself now and then. */
function planDispute(random: SeededRandom, { eventId }: Scene, { bookingId }: PlaceCommand): DisputeCommand {
  const status = random.pick(['opened', 'opened', 'won', 'lost'] as const);
  const commandId = uuidFromText(`dispute\n${eventId}\ndispute of ${bookingId}\n${status}`);
  const amountMinor = random.chance(85) ? AMOUNTS.whole : random.pick([AMOUNTS.less, AMOUNTS.more]);
  return { kind: 'dispute', commandId, fingerprint: commandId, bookingId, actor: ORGANIZER, status, amountMinor, currency: 'EUR' };
}

/** Of what is owed by then one is done, or cannot be: which, says a number. */
function planSettlement(random: SeededRandom, scene: Scene): SettleOwedCommand {
  const owed = { id: '', kind: 'refund', amountMinor: random.int(1_000), currency: 'EUR' } as const;
  const identity = { commandId: scene.nextId('command'), fingerprint: scene.nextId('fingerprint'), bookingId: scene.nextId('booking') };
  return { kind: 'settle-owed', ...identity, actor: ORGANIZER, owed, isDone: random.chance(80) };
}

/** From the set-aside or from what everybody can buy, for money or for nothing. */
function planDesk(random: SeededRandom, scene: Scene): PlaceCommand {
  const desk = { tender: random.pick(['cash', 'card_at_door', 'none'] as const), fromSetAside: random.chance(40) };
  const basket = planPlace(random, scene);
  const asked = { lines: basket.lines, accessCode: null, promoCode: null, confirm: true, desk };
  return { ...basket, ...asked, expectedTotalMinor: null, fingerprint: fingerprintOf(asked) };
}
