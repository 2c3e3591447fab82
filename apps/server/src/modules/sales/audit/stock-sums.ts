import type { Stock } from '../decide/state.ts';

/** Sums of stock per ticket type or quota, by its id. */
export type StockSums = Map<string, Stock>;

function noStock(): Stock {
  return { capacity: 0, held: 0, sold: 0, setAside: 0 };
}

export function addStock(sums: StockSums, id: string, delta: Stock): void {
  const sum = sums.get(id) ?? noStock();
  sum.capacity += delta.capacity;
  sum.held += delta.held;
  sum.sold += delta.sold;
  sum.setAside += delta.setAside;
  sums.set(id, sum);
}

export function stockOfId(sums: StockSums, id: string): Stock {
  return sums.get(id) ?? noStock();
}
