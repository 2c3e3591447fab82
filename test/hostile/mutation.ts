import type { Random } from './random.ts';
import type { Expectation, Request } from './request.ts';
import type { Exchange } from './wire.ts';
import type { World } from './world.ts';

/** What was done to a request; its own exchange where the request's bytes are not written in the usual way. */
export type Mutated = { label: string; expected: Expectation; exchange?: Exchange };

/** Makes a valid request hostile, in place; null where it has nothing to work on. */
export type Mutation = (request: Request, random: Random, world: World) => Mutated | null;
