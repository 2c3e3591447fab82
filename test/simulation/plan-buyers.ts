import type {
  Actor,
  BookingCommand,
  Line,
  MoneyCommand,
  OfferCommand,
  PlaceCommand,
} from '../../apps/server/src/modules/sales/commands.ts';
import type { Command } from './operation.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import { pickRecent, type Scene } from './scene.ts';
import type { SeededRandom } from './seeded-random.ts';

export const ACCESS_CODE = 'friends';
/** With few uses, with one for each buyer, and one that makes free. */
export const PROMO_CODES = ['FEW', 'EACH', 'FREE'] as const;

/** A basket under a key of its own. */
export function planPlace(random: SeededRandom, scene: Scene): PlaceCommand {
  const promoCode = random.chance(35) ? random.pick([...PROMO_CODES, 'NONE']) : null;
  const isOpen = random.chance(92);
  const asked = { lines: planLines(random, scene), accessCode: isOpen ? ACCESS_CODE : null, promoCode, confirm: random.chance(20) };
  const expectedTotalMinor = random.chance(10) ? random.pick([0, 1_500, 2_000, 2_500]) : null;
  const ids = { bookingId: scene.nextId('booking'), buyerKey: random.pick(scene.buyers()) };
  return { kind: 'place', ...ids, ...asked, expectedTotalMinor, fingerprint: fingerprintOf(asked) };
}

/** One to three types, each once, in one order: as the use case sends them. */
function planLines(random: SeededRandom, scene: Scene): Line[] {
  const ids = new Set(Array.from({ length: random.pick([1, 1, 2, 3]) }, () => random.pick(scene.ticketTypeIds)));
  return [...ids].sort().map((ticketTypeId) => ({ ticketTypeId, quantity: random.pick([1, 1, 2, 2, 3, 4, 5]) }));
}

/** Release, extend, confirm or cancel, of a booking that may have been refused, by its buyer, another or the organizer. */
export function planBookingCommand(random: SeededRandom, scene: Scene): Command {
  const about = scene.placed.length > 0 ? pickRecent(random, scene.placed) : planPlace(random, scene);
  const target = { commandId: scene.nextId('command'), bookingId: about.bookingId, actor: planActor(random, scene, about.buyerKey) };
  const command = withFingerprint(random, target);
  return scene.reserve(command) ? command : planPlace(random, scene);
}

function planActor(random: SeededRandom, scene: Scene, buyerKey: string): Actor {
  if (random.chance(40)) return { kind: 'organizer' };
  return { kind: 'buyer', buyerKey: random.chance(90) ? buyerKey : random.pick(scene.buyers()) };
}

function withFingerprint(
  random: SeededRandom,
  target: { commandId: string; bookingId: string; actor: Actor },
): Exclude<BookingCommand, MoneyCommand | OfferCommand> {
  const kind = random.pick(['release', 'confirm', 'confirm', 'confirm', 'cancel', 'extend'] as const);
  const tender = target.actor.kind === 'organizer' && random.chance(80) ? random.pick(['external', 'cash'] as const) : null;
  const extensionMs = random.pick([null, 300, 60_000]);
  const fingerprint = fingerprintOf({ kind, bookingId: target.bookingId, tender, extensionMs });
  if (kind === 'confirm') return { ...target, kind, tender, fingerprint };
  if (kind === 'extend') return { ...target, kind, extensionMs, fingerprint };
  return { ...target, kind, fingerprint };
}

/** The id of an earlier command with another payload, or the key of an earlier basket with another basket. */
export function spoilPayload(random: SeededRandom, scene: Scene, earlier: Command): Command {
  if (earlier.kind === 'expire') return planPlace(random, scene);
  if (earlier.kind === 'place') {
    const { desk: _desk, ...basket } = earlier;
    const asked = { lines: planLines(random, scene), accessCode: null, promoCode: null, confirm: false };
    return { ...basket, ...asked, fingerprint: fingerprintOf(asked) };
  }
  const other = planBookingCommand(random, scene);
  return other.kind === 'place' || other.kind === 'expire' ? other : { ...other, commandId: earlier.commandId };
}

/** What PostgreSQL refuses, put in behind the edge: in what the batch reads, or only in what it writes. */
export function planPoison(random: SeededRandom, scene: Scene): Command {
  const command = planPlace(random, scene);
  switch (random.int(4)) {
    case 0:
      return { ...command, buyerKey: 'no buyer' };
    case 1:
      return { ...command, bookingId: 'no booking' };
    case 2:
      return { ...command, lines: command.lines.map((line) => ({ ...line, quantity: line.quantity + 0.5 })) };
    default:
      return { ...command, fingerprint: 'no fingerprint' };
  }
}

export function fingerprintOf(asked: object): string {
  return uuidFromText(JSON.stringify(asked));
}
