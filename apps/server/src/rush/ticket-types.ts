/** A type of ticket of the rush's event, and how much of the event's capacity it may take at most. */
export type RushType = { name: string; share: number };

/** There are always standing tickets while there are any: who takes what is left takes these. */
export const STANDING = 0;
export const SEATED = 1;
/** Free until its price is raised in the middle of the rush: who holds it by then still gets it for nothing. */
export const EARLY = 2;

export const RUSH_TYPES: readonly RushType[] = [
  { name: 'Standing', share: 1 },
  { name: 'Seated', share: 0.5 },
  { name: 'Early bird', share: 0.3 },
];

export const RAISED_PRICE_MINOR = 1_500;
