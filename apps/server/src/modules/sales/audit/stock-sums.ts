import type { Stock } from '../decide/state.ts';

/** The counters of a ticket type, of which `taken` is what waits for offered places; of a quota that is always zero. */
export type CountedStock = Stock & { taken: number };

/** Sums of stock per ticket type or quota, by its id. */
export type StockSums = Map<string, CountedStock>;

function noStock(): CountedStock {
  return { capacity: 0, held: 0, sold: 0, setAside: 0, taken: 0 };
}

export function addStock(sums: StockSums, id: string, delta: CountedStock): void {
  const sum = sums.get(id) ?? noStock();
  sum.capacity += delta.capacity;
  sum.held += delta.held;
  sum.sold += delta.sold;
  sum.setAside += delta.setAside;
  sum.taken += delta.taken;
  sums.set(id, sum);
}

export function stockOfId(sums: StockSums, id: string): CountedStock {
  return sums.get(id) ?? noStock();
}
