import type {
  ConfigureCommand,
  CreateTicketTypeCommand,
  SaleTerms,
  TicketTypeTerms,
} from '../../apps/server/src/modules/sales/commands.ts';
import type { Command } from './operation.ts';
import { PLAIN_PRICE, type Pricing, type PromoTerms, type Tier } from '../../apps/server/src/modules/sales/prices.ts';
import { ACCESS_CODE, fingerprintOf, planPlace, PROMO_CODES } from './plan-buyers.ts';
import type { Scene } from './scene.ts';
import type { SeededRandom } from './seeded-random.ts';

const TYPES = 4;
/** What some events add to their prices: a fee for each ticket that costs something, and a tax on the tickets. */
export const PRICING: Pricing = {
  rounding: { mode: 'half_up', per: 'booking' },
  fees: [{ name: 'fee', kind: 'per_ticket', amountMinor: 37, ticketTypeIds: null, onFree: false }],
  taxes: [{ name: 'tax', ratePpm: 70_000, included: false, onFees: false, ticketTypeIds: null }],
};
/** Far from now on either side, so that no answer depends on how fast the simulation runs. */
const LONG_AGO_MS = 1_000_000_000_000;
const FAR_AHEAD_MS = 4_000_000_000_000;

type Unfinished = ConfigureCommand extends infer Kind
  ? Kind extends ConfigureCommand
    ? Omit<Kind, 'commandId' | 'fingerprint'>
    : never
  : never;

export function finish(scene: Scene, command: Unfinished): ConfigureCommand {
  return { ...command, commandId: scene.nextId('command'), fingerprint: fingerprintOf(command) } as ConfigureCommand;
}

/** Four ticket types, one in tiers and the last behind a code; two quotas that cross; three promo codes. */
export function planSetup(scene: Scene): ConfigureCommand[] {
  const types = Array.from({ length: TYPES }, (_, index) => createType(scene, index));
  const quotas = [
    [0, 1],
    [1, 2, 3],
  ].map((members) => {
    const quotaId = scene.nextId('quota');
    scene.quotaIds.push(quotaId);
    return finish(scene, {
      kind: 'create-quota',
      quotaId,
      capacity: 30,
      ticketTypeIds: members.map((index) => scene.ticketTypeIds[index]!),
    });
  });
  return [...types, ...quotas, ...PROMO_CODES.map((code) => createCode(scene, code))];
}

const OPEN_CODE: PromoTerms = {
  state: 'active',
  kind: 'percent',
  value: 333_333,
  ticketTypeIds: null,
  startsAtMs: null,
  endsAtMs: null,
  usesMax: null,
  buyerUsesMax: null,
};
const OF_CODES: Readonly<Record<(typeof PROMO_CODES)[number], Partial<PromoTerms>>> = {
  FEW: { usesMax: 1 },
  EACH: { kind: 'amount', value: 400, buyerUsesMax: 1 },
  FREE: { value: 1_000_000, usesMax: 3, buyerUsesMax: 2 },
};

function createCode(scene: Scene, code: (typeof PROMO_CODES)[number]): ConfigureCommand {
  return finish(scene, { kind: 'create-promo-code', promoId: scene.nextId('promo'), code, terms: { ...OPEN_CODE, ...OF_CODES[code] } });
}

/** Few at first, then more with the crowd. */
function tiersFor(basketCount: number): Tier[] {
  const early = { name: 'early', priceMinor: 1_500, endsAtMs: null, untilTaken: 5 + basketCount };
  return [early, { ...early, name: 'middle', priceMinor: 2_000, untilTaken: 9 + basketCount }];
}

function createType(scene: Scene, index: number): ConfigureCommand {
  const ticketTypeId = scene.nextId('type');
  scene.ticketTypeIds.push(ticketTypeId);
  const terms: TicketTypeTerms = {
    state: 'on_sale',
    position: index,
    priceMinor: index % 2 === 0 ? 0 : 2_500,
    salesStartMs: null,
    salesEndMs: null,
    bookingMin: 1,
    bookingMax: 5,
    buyerMax: index === 2 ? 6 : null,
    accessCode: index === TYPES - 1 ? ACCESS_CODE : null,
    ...PLAIN_PRICE,
    tiers: index === 1 ? tiersFor(0) : [],
  };
  return finish(scene, { kind: 'create-ticket-type', ticketTypeId, capacity: 20, terms } satisfies Omit<
    CreateTicketTypeCommand,
    'commandId' | 'fingerprint'
  >);
}

/** Opens again what an earlier round has closed. */
export function planReopening(scene: Scene): Command[] {
  const types = [...scene.pausedTypeIds].map((ticketTypeId) =>
    finish(scene, {
      kind: 'change-ticket-type',
      ticketTypeId,
      capacity: null,
      changes: { state: 'on_sale', bookingMin: 1, bookingMax: 5 },
    }),
  );
  const opening = finish(scene, {
    kind: 'change-sale',
    changes: { state: 'on_sale', salesStartMs: null, salesEndMs: null, bookingMax: 9 },
  });
  const reopening = scene.isClosed ? [...types, opening] : types;
  scene.pausedTypeIds.clear();
  scene.isClosed = false;
  return reopening.filter((command) => scene.reserve(command));
}

/** A change of what is sold. Where this round changes the same already, a basket instead. */
export function planConfigure(random: SeededRandom, scene: Scene): Command {
  const command = finish(scene, planChange(random, scene));
  if (!scene.reserve(command)) return planPlace(random, scene);
  // Whatever it is that they change, the next round puts it back to where most baskets pass.
  if (command.kind === 'change-sale') scene.isClosed = true;
  if (command.kind === 'change-ticket-type' && command.capacity === null) scene.pausedTypeIds.add(command.ticketTypeId);
  return command;
}

function planChange(random: SeededRandom, scene: Scene): Unfinished {
  const ticketTypeId = random.pick(scene.ticketTypeIds);
  switch (random.int(12)) {
    case 10:
    case 11:
      return planPromoChange(random, scene);
    case 0:
    case 1:
      return { kind: 'change-ticket-type', ticketTypeId, capacity: planCapacity(random, scene), changes: {} };
    case 2:
      return { kind: 'change-ticket-type', ticketTypeId, capacity: null, changes: planTypeChanges(random, scene) };
    case 3:
    case 4:
    case 5:
      return { kind: 'set-aside', ticketTypeId, quantity: random.pick([-3, -2, -1, 1, 2, 3]) };
    case 6:
      return planQuotaMembers(random, scene);
    case 7:
      return { kind: 'change-quota', quotaId: random.pick(scene.quotaIds), capacity: 2 * planCapacity(random, scene), ticketTypeIds: null };
    case 8:
      return planNewQuota(random, scene);
    default:
      return { kind: 'change-sale', changes: planSaleChanges(random) };
  }
}

/** Around what the crowd so far may have taken: now too low, now with some room. */
function planCapacity(random: SeededRandom, scene: Scene): number {
  return random.int(40) + Math.floor(scene.basketCount * (random.int(100) / 100));
}

/** As many uses as there may be by now, or a few fewer; a pause is put back by a later change. */
function planPromoChange(random: SeededRandom, scene: Scene): Unfinished {
  const usesMax = random.int(6 + Math.floor(scene.basketCount / 10));
  const changes = random.pick([{ usesMax }, { usesMax }, { state: 'active' }, { state: 'active', usesMax }, { state: 'paused' }] as const);
  return { kind: 'change-promo-code', promoId: scene.nextId('promo'), code: random.pick([...PROMO_CODES, 'NONE']), changes };
}

function planTypeChanges(random: SeededRandom, scene: Scene): Partial<TicketTypeTerms> {
  return random.pick<Partial<TicketTypeTerms>>([
    { priceMinor: random.int(2) * 900 },
    { buyerMax: random.pick([null, 4, 8]) },
    { tiers: tiersFor(Math.floor(scene.basketCount * (random.int(40) / 100))) },
    { bookingMin: random.pick([0, 1, 1, 2]) },
    { bookingMax: 3 + random.int(4) },
    { state: random.pick(['paused', 'on_sale']) },
    { salesStartMs: random.pick([null, LONG_AGO_MS]), salesEndMs: random.pick([null, FAR_AHEAD_MS]) },
  ]);
}

function planSaleChanges(random: SeededRandom): Partial<SaleTerms> {
  return random.pick<Partial<SaleTerms>>([
    { bookingMax: 4 + random.int(8) },
    { buyerMax: random.pick([null, null, 10, 20]) },
    { buyerMax: null, holdLengthMs: random.pick([1_000, 2_000, 600_000]) },
    { state: random.pick(['paused', 'ended', 'draft']) },
    { salesStartMs: FAR_AHEAD_MS },
    { salesEndMs: LONG_AGO_MS },
  ]);
}

function planQuotaMembers(random: SeededRandom, scene: Scene): Unfinished {
  const members = scene.ticketTypeIds.filter(() => random.chance(50));
  return { kind: 'change-quota', quotaId: random.pick(scene.quotaIds), capacity: null, ticketTypeIds: members };
}

/** Few quotas; beyond that one changes its capacity. */
function planNewQuota(random: SeededRandom, scene: Scene): Unfinished {
  if (scene.quotaIds.length >= 4) {
    return {
      kind: 'change-quota',
      quotaId: random.pick(scene.quotaIds),
      capacity: 40 + 3 * planCapacity(random, scene),
      ticketTypeIds: null,
    };
  }
  const quotaId = scene.nextId('quota');
  scene.quotaIds.push(quotaId);
  return {
    kind: 'create-quota',
    quotaId,
    capacity: 20 + random.int(40),
    ticketTypeIds: scene.ticketTypeIds.filter(() => random.chance(50)),
  };
}
