/** A queue whose `take` costs the same however long it is; an array's `shift` does not. */
export type Fifo<Item> = { push(item: Item): void; take(): Item | undefined };

export function buildFifo<Item>(): Fifo<Item> {
  let incoming: Item[] = [];
  let outgoing: Item[] = [];
  return {
    push: (item) => {
      incoming.push(item);
    },
    take: () => {
      if (outgoing.length === 0) {
        outgoing = incoming.reverse();
        incoming = [];
      }
      return outgoing.pop();
    },
  };
}
