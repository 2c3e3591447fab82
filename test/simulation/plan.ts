import type { Command } from './operation.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import type { EventPlan, Operation, Plan } from './operation.ts';
import { planBookingCommand, planPlace, planPoison, spoilPayload } from './plan-buyers.ts';
import { planMoney } from './plan-money.ts';
import { finish, planConfigure, planReopening, planSetup, PRICING } from './plan-organizer.ts';
import { openScene, pickRecent, type Scene } from './scene.ts';
import { seedRandom, type SeededRandom } from './seeded-random.ts';

export type PlanOptions = { seed: number; operations: number; servers: number };

/** The lengths of a hold: two that expire while the simulation runs, and two that do not. The last event is cancelled in its midst. */
const HOLD_LENGTHS_MS = [1_000, 1_500, 600_000, 600_000] as const;
const ROUND_MAX = 48;

/** Everything that a seed does, made without looking at any answer: the same seed always plans the same. */
export function plan({ seed, operations, servers }: PlanOptions): Plan {
  const random = seedRandom(seed);
  const events = HOLD_LENGTHS_MS.map((holdLengthMs, index) => planEvent(seed, index, holdLengthMs));
  const scenes = events.map((event) => openScene(event.eventId));
  const send = (eventId: string, command: Command, isPoison = false): Operation => ({
    server: random.int(servers),
    eventId,
    command,
    isPoison,
  });
  const rounds: Operation[][] = planSetups(scenes, send);
  let left = operations - rounds.flat().length;
  const halfway = left / 2;
  let isEnded = false;
  while (left > 0) {
    const size = Math.min(left, 1 + random.int(ROUND_MAX));
    const round = planRound({ random, scenes, size, send });
    const ends: Operation[] = isEnded || left > halfway ? [] : planEnd(scenes.at(-1)!, send);
    isEnded ||= ends.length > 0;
    round.push(...ends);
    rounds.push(round);
    left -= round.length;
  }
  return { events, rounds };
}

/** For good, whatever else the round does to the event's terms: nothing but this. */
function planEnd(scene: Scene, send: Send): Operation[] {
  const end = finish(scene, { kind: 'change-sale', changes: { state: 'cancelled' } });
  return scene.reserve(end) ? [send(scene.eventId, scene.remember(end))] : [];
}

type Send = (eventId: string, command: Command, isPoison?: boolean) => Operation;

function planEvent(seed: number, index: number, holdLengthMs: number): EventPlan {
  const terms = { state: 'on_sale', holdLengthMs, salesStartMs: null, salesEndMs: null, bookingMax: 8, buyerMax: null } as const;
  const plans = { pricing: index % 2 === 1 ? PRICING : null, publishAtMs: null, endsAtMs: null, resale: true };
  return { eventId: uuidFromText(`simulated event ${seed} ${index}`), terms: { ...terms, ...plans } };
}

/** The setup runs command by command: what comes later refers to what came before. */
function planSetups(scenes: readonly Scene[], send: Send): Operation[][] {
  return scenes.flatMap((scene) => planSetup(scene).map((command) => [send(scene.eventId, command)]));
}

type RoundOptions = { random: SeededRandom; scenes: readonly Scene[]; size: number; send: Send };

function planRound({ random, scenes, size, send }: RoundOptions): Operation[] {
  for (const scene of scenes) scene.reserved.clear();
  const round: Operation[] = [];
  for (const scene of scenes) {
    round.push(...[...planReopening(scene), ...openMail(scene)].map((command) => send(scene.eventId, command)));
  }
  while (round.length < size) {
    const scene = random.pick(scenes);
    round.push(random.chance(2) ? send(scene.eventId, planPoison(random, scene), true) : send(scene.eventId, planCommand(random, scene)));
  }
  return round;
}

/** What arrives from the provider in this round; what a round cannot take comes with the next. */
function openMail(scene: Scene): Command[] {
  const arriving = scene.mail.filter((letter) => letter.inRounds-- <= 0 && scene.reserve(letter.command));
  for (const letter of arriving) scene.mail.splice(scene.mail.indexOf(letter), 1);
  return arriving.map(({ command }) => scene.remember(command));
}

function planCommand(random: SeededRandom, scene: Scene): Command {
  const dice = random.int(100);
  const earlier = scene.sent.length > 0 ? pickRecent(random, scene.sent) : null;
  if (dice < 10 && earlier && scene.reserve(earlier)) return earlier;
  if (dice < 14 && earlier) return scene.remember(spoilPayload(random, scene, earlier));
  if (dice < 15) return { kind: 'expire', everything: random.chance(50) };
  if (dice < 25) return scene.remember(planConfigure(random, scene));
  if (dice < 56) return scene.remember(planPlace(random, scene));
  return scene.remember(dice < 74 ? planBookingCommand(random, scene) : planMoney(random, scene));
}
