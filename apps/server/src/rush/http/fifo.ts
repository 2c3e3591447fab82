/** A queue whose `take` costs the same however long it is; an array's `shift` does not. */
export type Fifo<Item> = { readonly length: number; push(item: Item): void; take(): Item | undefined };

const COMPACT_FROM = 1_024;

export function buildFifo<Item>(): Fifo<Item> {
  let items: Item[] = [];
  let head = 0;
  return {
    get length() {
      return items.length - head;
    },
    push: (item) => {
      items.push(item);
    },
    take: () => {
      if (head === items.length) return undefined;
      const item = items[head];
      head += 1;
      if (head >= COMPACT_FROM && head * 2 > items.length) {
        items = items.slice(head);
        head = 0;
      }
      return item;
    },
  };
}
