/**
 * The rooms of the house and the order in which they may use each other: a file may import from its own room, and from
 * rooms of a lower floor.
 */
const FLOORS: readonly (readonly RegExp[])[] = [
  [/^packages\/(contract|ticket-code)\//],
  [/^apps\/server\/src\/(platform|engines)\//],
  [/^apps\/server\/src\/modules\//],
  [/^apps\/server\/src\/(pages|demo)\//],
  [/^apps\/server\/src\/config(\.ts$|\/)/],
  [/^apps\/server\/src\/(compose|register-routes|declared-routes)/],
  [/^apps\/server\/src\/(serve|commands|rush|main\.ts|run-main\.ts)/],
  [/^(scripts|bench|test)\//],
];

/** The floor of a file, from 0 at the bottom; null if no room is drawn for it. */
export function floorOf(path: string): number | null {
  const floor = FLOORS.findIndex((rooms) => rooms.some((room) => room.test(path)));
  return floor < 0 ? null : floor;
}

/** The module a file belongs to, or null. */
export function moduleOf(path: string): string | null {
  return /^apps\/server\/src\/modules\/([^/]+)\//.exec(path)?.[1] ?? null;
}

/** `platform/db`, `engines/postgres` …: rooms whose face is their index.ts where they have one. */
export function partOf(path: string): string | null {
  return /^apps\/server\/src\/((?:platform|engines)\/[^/.]+)\//.exec(path)?.[1] ?? null;
}
