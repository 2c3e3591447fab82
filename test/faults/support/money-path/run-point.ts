import assert from 'node:assert/strict';
import { checkAudit } from '../check-audit.ts';
import { checkMoney } from './check-money.ts';
import { checkMoneyAudit } from './check-product.ts';
import type { Point, StoryName } from './points.ts';
import { CAPACITY, PRICE_MINOR, STEPS, STORIES, type Ending, type Told } from './story.ts';
import type { Stage, Victim } from './stage.ts';
import { untilStruck, type Ambush } from './until-struck.ts';
import { untilSettled } from './until-settled.ts';

export type Ended = { as: Ending; tookMs: number };

/** Tells a story, kills the victim at the point, and looks at how it all ends. Answers what it ended as, and how long after the kill. */
export async function runPoint(stage: Stage, point: Point, victim: Victim): Promise<Ended> {
  await stage.prepare(victim === 'one of two servers' ? 2 : 1);
  const { endings } = STORIES[point.story];
  const told = await begin(stage, point.story);
  const { event } = told;
  const killedAtMs = await tell(told, point, victim);
  await untilSettled(told);
  const tookMs = performance.now() - killedAtMs;
  const as = await checkMoney(told);
  assert.ok(endings.includes(as), `it ends as ${as}`);
  const [audited = ''] = stage.urls();
  await checkAudit(audited, stage.databaseUrl, event);
  await checkMoneyAudit(audited, event);
  return { as, tookMs };
}

/** The same without any kill. */
export async function runInPeace(stage: Stage, story: StoryName): Promise<Told> {
  await stage.prepare(1);
  const told = await begin(stage, story);
  for (const step of STORIES[story].steps) await STEPS[step](told);
  await untilSettled(told);
  return told;
}

async function begin(stage: Stage, story: StoryName): Promise<Told> {
  const { holdSeconds } = STORIES[story];
  const event = await stage.shop.makeEvent(stage.urls()[0] ?? '', { capacity: CAPACITY, priceMinor: PRICE_MINOR, holdSeconds });
  return { stage, story, event, wish: stage.shop.newWish(event), bookingId: '', intent: null, hasLeft: false };
}

/** Answers when the victim was killed. */
async function tell(told: Told, point: Point, victim: Victim): Promise<number> {
  const { stage } = told;
  let killedAtMs = 0;
  let ambush: Ambush | null = null;
  const onStrike = (): void => {
    killedAtMs = performance.now();
    told.hasLeft = point.story === 'left';
  };
  for (const step of STORIES[point.story].steps) {
    if (step === point.step && point.at === null) {
      onStrike();
      await stage.strikeNow(victim);
      if (point.story === 'left') return killedAtMs;
    }
    if (step === point.step && point.at !== null) ambush = stage.strikeAt(point.at, victim, onStrike);
    const done = STEPS[step](told);
    if (ambush !== null && point.story === 'left') {
      // Whoever leaves at the kill sends nothing again. What is on its way comes to its end, which nobody hears.
      await Promise.allSettled([done, untilStruck(ambush)]);
      assert.ok(told.hasLeft, 'the path never came to this point');
      return killedAtMs;
    }
    await done;
  }
  if (ambush !== null) await untilStruck(ambush);
  return killedAtMs;
}
