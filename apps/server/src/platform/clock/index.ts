/** The time as a dependency: modules never read the machine's clock themselves. */
export type Clock = { nowMs(): number };

export const systemClock: Clock = { nowMs: () => Date.now() };
