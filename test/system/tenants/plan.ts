import type { Random } from '../../hostile/random.ts';
import { TEMPLATES, type Template } from './templates.ts';
import { CALLERS, type CallerName, type Ids, type Slot } from './tenant.ts';

/** One request of a tenant in which some ids are another’s. */
export type Plan = { template: Template; caller: CallerName; foreign: ReadonlySet<Slot>; spoil: Spoil; usedKey: boolean };
type Spoil = 'none' | 'cut' | 'upper' | 'prefix' | 'longer' | 'encoded';
const SPOILS: readonly Spoil[] = ['cut', 'upper', 'prefix', 'longer', 'encoded'];
const PREFIXES = ['org', 'evt', 'typ', 'quo', 'que', 'ven', 'bkg', 'tkt', 'gat', 'per', 'key', 'inv', 'ses', 'clm'];

export function planOf(random: Random): Plan {
  const template = random.pick(TEMPLATES);
  const slots = slotsOf(template);
  const foreign = new Set(slots.filter(() => random.chance(0.5)));
  // All of them are the tenant's own in no request that names something.
  if (foreign.size === 0 && slots.length > 0) foreign.add(random.pick(slots));
  const spoil = random.chance(0.2) ? random.pick(SPOILS) : 'none';
  return { template, caller: callerOf(template, random), foreign, spoil, usedKey: random.chance(0.1) };
}

/** Mostly who may come in; sometimes anybody. */
function callerOf({ path }: Template, random: Random): CallerName {
  if (random.chance(0.15)) return random.pick(CALLERS);
  if (path.includes('/users/me')) return random.pick(['person', 'owner', 'scanner']);
  if (path.includes('/organizations')) return random.pick(['owner', 'owner', 'manager', 'scanner', 'key', 'ownKey', 'testKey']);
  return random.pick(['buyer', 'buyer', 'owner', 'person', 'nobody']);
}

function slotsOf({ path, body }: Template): Slot[] {
  const text = path + JSON.stringify(body ?? null);
  return [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, slot]) => slot as Slot))];
}

export type Written = { path: string; body: object | undefined; key: string | null };

/** The request with `others` where ids are another’s. The same plan spoils the ids of any other the same way. */
export function write({ template, foreign, spoil, usedKey }: Plan, own: Ids, others: Ids): Written {
  const idOf = (slot: Slot): string => (foreign.has(slot) ? spoiled(others[slot], spoil) : own[slot]);
  const fill = (text: string): string => text.replace(/\{\{(\w+)\}\}/g, (_whole, slot: string) => idOf(slot as Slot));
  const body = template.body && (JSON.parse(fill(JSON.stringify(template.body))) as object);
  return { path: fill(template.path), body, key: usedKey ? others.key : null };
}

function spoiled(id: string, spoil: Spoil): string {
  switch (spoil) {
    case 'none':
      return id;
    case 'cut':
      return id.slice(0, -1);
    case 'upper':
      return id.toUpperCase();
    case 'prefix':
      return (PREFIXES[id.length % PREFIXES.length] ?? 'org') + id.slice(3);
    case 'longer':
      return `${id}0`;
    case 'encoded':
      return `${id.slice(0, 3)}%5F${id.slice(4)}`;
  }
}
