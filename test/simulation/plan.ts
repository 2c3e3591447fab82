import type { Command } from './operation.ts';
import { uuidFromText } from '../../apps/server/src/platform/ids/index.ts';
import type { EventPlan, Operation, Plan } from './operation.ts';
import { planBookingCommand, planPlace, planPoison, spoilPayload } from './plan-buyers.ts';
import { planConfigure, planReopening, planSetup } from './plan-organizer.ts';
import { openScene, pickRecent, type Scene } from './scene.ts';
import { seedRandom, type SeededRandom } from './seeded-random.ts';

export type PlanOptions = { seed: number; operations: number; servers: number };

/** The lengths of a hold: two that expire while the simulation runs, and one that does not. */
const HOLD_LENGTHS_MS = [1_000, 1_500, 600_000] as const;
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
  while (left > 0) {
    const size = Math.min(left, 1 + random.int(ROUND_MAX));
    rounds.push(planRound({ random, scenes, size, send }));
    left -= rounds.at(-1)!.length;
  }
  return { events, rounds };
}

type Send = (eventId: string, command: Command, isPoison?: boolean) => Operation;

function planEvent(seed: number, index: number, holdLengthMs: number): EventPlan {
  const terms = { state: 'on_sale', holdLengthMs, salesStartMs: null, salesEndMs: null, bookingMax: 8, buyerMax: null } as const;
  const plans = { pricing: null, publishAtMs: null, endsAtMs: null, resale: true };
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
    round.push(...planReopening(scene).map((command) => send(scene.eventId, command)));
  }
  while (round.length < size) {
    const scene = random.pick(scenes);
    round.push(random.chance(2) ? send(scene.eventId, planPoison(random, scene), true) : send(scene.eventId, planCommand(random, scene)));
  }
  return round;
}

function planCommand(random: SeededRandom, scene: Scene): Command {
  const dice = random.int(100);
  const earlier = scene.sent.length > 0 ? pickRecent(random, scene.sent) : null;
  if (dice < 10 && earlier && scene.reserve(earlier)) return earlier;
  if (dice < 14 && earlier) return scene.remember(spoilPayload(random, scene, earlier));
  if (dice < 15) return { kind: 'expire', everything: random.chance(50) };
  if (dice < 25) return scene.remember(planConfigure(random, scene));
  return scene.remember(dice < 62 ? planPlace(random, scene) : planBookingCommand(random, scene));
}
