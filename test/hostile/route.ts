import type { Random } from './random.ts';
import type { World } from './world.ts';

/** A row that an accepted request writes: a table, and how many. */
export type Writes = Readonly<Record<string, number>>;

export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in the OpenAPI document; `{id}` is filled by `id`, what else it names by `pathOf`. */
  path: string;
  /** `holder` is a buyer, where an account could come in too; `leaver` is a person whose sessions may end; `platform` sends the secret where members ask. */
  auth: 'buyer' | 'holder' | 'secret' | 'platform' | 'person' | 'leaver' | 'none';
  id?(world: World, random: Random): string;
  /** A body that would be accepted; null where the route takes none. */
  body?(world: World, random: Random): unknown;
  /** What an accepted request writes that is no repeat. */
  writes?: Writes;
  /** What it is sent is taken as bytes, whatever these are said to be. */
  takesAnyType?: true;
  /** Bytes that a body may have, where it is more than usual. */
  bodyMax?: number;
};
