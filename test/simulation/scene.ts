import type { PlaceCommand } from '../../apps/server/src/modules/sales/commands.ts';
import type { Command } from './operation.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import type { SeededRandom } from './seeded-random.ts';

/** What the planning of one event knows: its buyers and things, and what has been sent. It knows no answers. */
export type Scene = {
  readonly eventId: string;
  /** Buyers come and go: the crowd of this moment. */
  buyers(): readonly string[];
  readonly ticketTypeIds: string[];
  readonly quotaIds: string[];
  /** Baskets that were sent; later commands are about their bookings. */
  readonly placed: PlaceCommand[];
  readonly sent: Command[];
  /** What this round changes already; see `reserve`. */
  readonly reserved: Map<string, Command>;
  /** What this round closes and the next one opens again. */
  isClosed: boolean;
  readonly pausedTypeIds: Set<string>;
  /** Baskets sent so far: the house grows with the crowd, else it would soon be full for good. */
  basketCount: number;
  /** What is on its way from the provider, and in how many rounds it arrives. */
  readonly mail: { inRounds: number; command: Command }[];
  nextId(what: string): string;
  deliver(inRounds: number, command: Command): void;
  /**
   * Whether a round may send the command. Of the commands that change one thing in one way a round sends a single one,
   * as often as it likes: which of two different ones came first could not be told from outside.
   */
  reserve(command: Command): boolean;
  remember(command: Command): Command;
};

const BUYERS = 14;
/** So many baskets later the next buyer takes the place of the first. */
const BASKETS_PER_BUYER = 12;
const REMEMBERED_MAX = 400;
const RECENT = 30;

export function openScene(eventId: string): Scene {
  let ids = 0;
  const placed: PlaceCommand[] = [];
  const sent: Command[] = [];
  const reserved = new Map<string, Command>();
  const scene: Scene = {
    eventId,
    buyers: () => {
      const first = Math.floor(scene.basketCount / BASKETS_PER_BUYER);
      return Array.from({ length: BUYERS }, (_, index) => uuidFromText(`${eventId} buyer ${first + index}`));
    },
    ticketTypeIds: [],
    quotaIds: [],
    placed,
    sent,
    reserved,
    isClosed: false,
    pausedTypeIds: new Set(),
    basketCount: 0,
    mail: [],
    deliver: (inRounds, command) => scene.mail.push({ inRounds, command }),
    nextId: (what) => uuidFromText(`${eventId} ${what} ${ids++}`),
    reserve: (command) => {
      const subject = ambiguousSubject(command);
      if (subject === null) return true;
      const first = reserved.get(subject) ?? command;
      reserved.set(subject, first);
      return first === command;
    },
    remember: (command) => {
      if (command.kind === 'place') keep(placed, command);
      if (command.kind === 'place') scene.basketCount += 1;
      keep(sent, command);
      return command;
    },
  };
  return scene;
}

function keep<Value>(list: Value[], value: Value): void {
  list.push(value);
  if (list.length > REMEMBERED_MAX) list.shift();
}

/** Mostly one of the last; now and then one of long ago, whose hold may have expired by now. */
export function pickRecent<Value>(random: SeededRandom, list: readonly Value[]): Value {
  return random.pick(random.chance(70) ? list.slice(-RECENT) : list);
}

/** What two commands could change in different ways; null where it does not matter which of them did it. */
export function ambiguousSubject(command: Command): string | null {
  switch (command.kind) {
    case 'extend':
    case 'await-payment':
      return `${command.kind} ${command.bookingId}`;
    case 'confirm':
    case 'receive-payment':
      return `sell ${command.bookingId}`;
    case 'refund':
    case 'cancel':
    case 'dispute':
      return `end ${command.bookingId}`;
    case 'change-sale':
      return command.kind;
    case 'create-ticket-type':
    case 'change-ticket-type':
    case 'set-aside':
      return `${command.kind} ${command.ticketTypeId}`;
    case 'create-promo-code':
    case 'change-promo-code':
      return `${command.kind} ${command.code}`;
    case 'create-quota':
    case 'change-quota':
      return `${command.kind} ${command.quotaId}`;
    default:
      return null;
  }
}
