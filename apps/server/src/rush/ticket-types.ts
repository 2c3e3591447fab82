/** A type of ticket of the rush's event, what it costs at first, and how much of the event's capacity it may take at most. */
export type RushType = { name: string; share: number; priceMinor: number };

/** There are always standing tickets while there are any: who takes what is left takes these. */
export const STANDING = 0;
export const SEATED = 1;
/** Free until its price is raised in the middle of the rush: who holds it by then still gets it for nothing. */
export const EARLY = 2;

export const RUSH_TYPES: readonly RushType[] = [
  { name: 'Standing', share: 1, priceMinor: 2_500 },
  { name: 'Seated', share: 0.5, priceMinor: 4_000 },
  { name: 'Early bird', share: 0.3, priceMinor: 0 },
];

export const RAISED_PRICE_MINOR = 1_500;
