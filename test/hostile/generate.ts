import { bytesOf, validRequest, type Hostile } from './request.ts';
import { brokenHeader, strangeHeader } from './mutate-headers.ts';
import { foreignId, forgedSession, strangeKey } from './mutate-identity.ts';
import { brokenFraming, endlessBody, noise, pipeline, strangeVersion } from './mutate-framing.ts';
import { hugeBody, spoiledText, wrongContentType, zippedBody } from './mutate-text.ts';
import { strangePath, strangeQuery, wrongMethod } from './mutate-url.ts';
import { longList, missingField, oddValue, unknownField, wrongValue } from './mutate-values.ts';
import type { Mutation } from './mutation.ts';
import { Random } from './random.ts';
import { placeBooking, routes } from './routes.ts';
import type { World } from './world.ts';

/** Each mutation as often as it has much to vary. */
const mutations: readonly Mutation[] = [
  ...[wrongValue, wrongValue, wrongValue, wrongValue, oddValue, oddValue, oddValue, oddValue],
  ...[unknownField, missingField, longList, spoiledText, spoiledText, spoiledText],
  ...[wrongContentType, zippedBody, forgedSession, forgedSession, foreignId, foreignId, foreignId, strangeKey],
  ...[wrongMethod, strangePath, strangePath, strangeQuery, strangeQuery, brokenHeader, strangeHeader, strangeHeader],
  ...[brokenFraming, brokenFraming, strangeVersion, pipeline, noise],
];

/** These move megabytes. */
const heavy: readonly Mutation[] = [hugeBody, endlessBody];
const HEAVY_SHARE = 0.01;
const PLACE_SHARE = 0.25;
const TWICE_SHARE = 0.2;

/** The request of that number under that seed: the same, but for the ids that the world was given. */
export function generate(seed: number, index: number, world: World): Hostile {
  const random = new Random(seed, index);
  const requestId = `h-${seed}-${index}`;
  for (;;) {
    const route = random.chance(PLACE_SHARE) ? placeBooking : random.pick(routes);
    const request = validRequest(route, world, random, requestId);
    const mutate = random.chance(HEAVY_SHARE) ? random.pick(heavy) : random.pick(mutations);
    const mutated = mutate(request, random, world);
    if (mutated === null) continue;
    const second = mutated.exchange === undefined && random.chance(TWICE_SHARE) ? random.pick(mutations)(request, random, world) : null;
    const { expected } = second === null ? mutated : { expected: {} };
    const exchange = mutated.exchange ?? second?.exchange ?? { pieces: [bytesOf(request)], methods: [request.method] };
    const label = second === null ? mutated.label : `${mutated.label}, and ${second.label}`;
    const names = request.headers.filter(([name]) => name === 'X-Request-Id').map(([, value]) => value);
    const isNamed = names.length === 1 && names[0] === requestId;
    return { label: `${mutate.name}: ${label}`, route, requestId: isNamed ? requestId : null, exchange, expected };
  }
}
