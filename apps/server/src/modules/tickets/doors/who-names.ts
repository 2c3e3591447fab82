import { parseId } from '../../../platform/ids/index.ts';
import type { CheckIn } from './decide/state.ts';

/** The names of people by their public ids; keys and the platform have none. */
export type WhoNames = ReadonlyMap<string, string>;

/** A name that was changed is shown so after that long. */
const REMEMBER_MS = 60_000;
const REMEMBERED_MAX = 1_000;
const NOBODY: WhoNames = new Map();

export type ReadPeople = (ids: readonly string[]) => Promise<ReadonlyMap<string, { name: string }>>;

/** Tells the names of those who let in what scans met inside already; a door asks for the same few all evening. */
export function buildWhoNames(readPeople: ReadPeople): (checkIns: readonly CheckIn[]) => Promise<WhoNames> {
  const known = new Map<string, { name: string | null; untilMs: number }>();

  async function learn(whos: readonly string[], nowMs: number): Promise<void> {
    const ids = new Map(whos.map((who) => [who, parseId('per', who)]));
    const people = await readPeople([...ids.values()].filter((id) => id !== null));
    if (known.size + ids.size > REMEMBERED_MAX) known.clear();
    for (const [who, id] of ids) known.set(who, { name: (id && people.get(id)?.name) ?? null, untilMs: nowMs + REMEMBER_MS });
  }

  return async (checkIns) => {
    const whos = new Set(checkIns.map(whoBefore).filter((who) => who?.startsWith('per_') === true)) as Set<string>;
    if (whos.size === 0) return NOBODY;
    const nowMs = performance.now();
    const unknown = [...whos].filter((who) => (known.get(who)?.untilMs ?? 0) < nowMs);
    if (unknown.length > 0) await learn(unknown, nowMs);
    return new Map([...whos].map((who) => [who, known.get(who)?.name ?? ''] as const).filter(([, name]) => name !== ''));
  };
}

/** Who let in before, of a double or of an admission that took the place of another. */
function whoBefore({ verdict }: CheckIn): string | null {
  if (verdict.kind === 'already_admitted') return verdict.admission.by;
  return verdict.kind === 'admitted' && verdict.conflict?.kind === 'displaced' ? verdict.conflict.admission.by : null;
}
