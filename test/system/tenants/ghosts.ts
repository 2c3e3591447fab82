import { formatId, newUuid } from '../../../apps/server/src/platform/ids/index.ts';
import type { Ids } from './tenant.ts';

const CHARS = 26;
/** A ticket's number, behind its booking. */
const NUMBER_CHARS = 3;

/**
 * The ids of a tenant that does not exist: as many, of the same forms, the same event in each that carries one. That the
 * open event exists everybody may know, so what is named in it is named in the real one.
 */
export function ghostOf(ids: Ids, nowMs: number): Ids {
  const open = ids.open.slice(4);
  const blocks = new Map([[open, open]]);
  const block = (real: string): string => {
    const known = blocks.get(real) ?? formatId('org', newUuid(nowMs)).slice(4);
    blocks.set(real, known);
    return known;
  };
  const ghost = (text: string): string => {
    const [, prefix, rest = ''] = /^([a-z]{3}_)([0-9a-z]+)$/.exec(text) ?? [];
    if (prefix === 'tkt_') return ghost(`bkg_${rest.slice(0, -NUMBER_CHARS)}`).replace('bkg_', prefix) + rest.slice(-NUMBER_CHARS);
    if (prefix === undefined || rest.length % CHARS !== 0) return `X${text.slice(1, -1)}X`;
    return prefix + (rest.match(/.{26}/g) ?? []).map(block).join('');
  };
  const ghosts = Object.fromEntries(Object.entries(ids).map(([slot, text]) => [slot, ghost(text)])) as Ids;
  return { ...ghosts, open: formatId('evt', newUuid(nowMs)) };
}
