/** Who acts: somebody who signed in, a key, or the platform that the organization lives on. */
export type Actor =
  | { kind: 'person'; personId: string }
  /** `personId` is whose key it is; null for a key of the organization itself. */
  | { kind: 'key'; keyId: string; isTest: boolean; personId: string | null }
  | { kind: 'platform' };

/** Where a request came from: the network, not the address, and its id. */
export type Origin = { client: string; requestId: string };

/** Whether what this actor makes is marked as a test. */
export function makesTests(actor: Actor): boolean {
  return actor.kind === 'key' && actor.isTest;
}

/** Whether an actor may read or change an event: a test key reaches test events alone, everybody else reaches both. */
export function mayTouch(actor: Actor, event: { isTest: boolean }): boolean {
  return event.isTest || !makesTests(actor);
}
