import type { PayWay } from './pay-ways.ts';

/** How going to pay ended, as the buyer learnt it. */
export type PayEnd = 'tickets' | 'money back' | 'nothing paid' | 'unknown';

export const PAY_ENDS: readonly PayEnd[] = ['tickets', 'money back', 'nothing paid', 'unknown'];

/** How many payments went which way. */
export type WayBook = {
  ended(way: PayWay, end: PayEnd): void;
  count(way: PayWay, end: PayEnd): number;
  total(end: PayEnd): number;
};

export function buildWayBook(): WayBook {
  const counts = new Map<string, number>();
  const keyOf = (name: string, end: PayEnd): string => `${end} ${name}`;
  return {
    ended: ({ name }, end) => {
      counts.set(keyOf(name, end), (counts.get(keyOf(name, end)) ?? 0) + 1);
    },
    count: ({ name }, end) => counts.get(keyOf(name, end)) ?? 0,
    total: (end) => [...counts].reduce((sum, [key, count]) => sum + (key.startsWith(`${end} `) ? count : 0), 0),
  };
}
