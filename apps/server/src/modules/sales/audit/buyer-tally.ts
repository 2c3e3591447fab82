/**
 * Two witnesses for what buyers have: their bookings and their totals. A tally holds both and tells where they
 * differ; how exactly is a matter of memory.
 */
export type BuyerTally = {
  addBooked(buyerKey: string, ticketTypeId: string, quantity: number): void;
  addTotal(buyerKey: string, ticketTypeId: string, quantity: number): void;
};

const BUCKETS = 65_536;

/**
 * Any number of buyers in 512 KiB. Each buyer and ticket type falls into a bucket, which sums quantity × weight modulo
 * 2^32: additions in any order cancel exactly, and a difference stays hidden once in four billion.
 */
export function buildBucketTally(): BuyerTally & { differing(): Set<number> } {
  const booked = new Int32Array(BUCKETS);
  const totals = new Int32Array(BUCKETS);
  return {
    addBooked: (buyerKey, ticketTypeId, quantity) => addWeighted(booked, `${buyerKey}${ticketTypeId}`, quantity),
    addTotal: (buyerKey, ticketTypeId, quantity) => addWeighted(totals, `${buyerKey}${ticketTypeId}`, quantity),
    differing: () => new Set([...booked.keys()].filter((bucket) => booked[bucket] !== totals[bucket])),
  };
}

export type BuyerDifference = { buyerKey: string; ticketTypeId: string; booked: number; total: number };

/** Exact, but only for the buyers of some buckets: the second look, after a bucket tally has found a difference. */
export function buildExactTally(buckets: ReadonlySet<number>): BuyerTally & { differences(): BuyerDifference[] } {
  const entries = new Map<string, BuyerDifference>();
  const entryOf = (buyerKey: string, ticketTypeId: string): BuyerDifference | null => {
    const key = `${buyerKey}${ticketTypeId}`;
    if (!buckets.has(bucketOf(key))) return null;
    const entry = entries.get(key) ?? { buyerKey, ticketTypeId, booked: 0, total: 0 };
    entries.set(key, entry);
    return entry;
  };
  return {
    addBooked: (buyerKey, ticketTypeId, quantity) => {
      const entry = entryOf(buyerKey, ticketTypeId);
      if (entry) entry.booked += quantity;
    },
    addTotal: (buyerKey, ticketTypeId, quantity) => {
      const entry = entryOf(buyerKey, ticketTypeId);
      if (entry) entry.total += quantity;
    },
    differences: () => [...entries.values()].filter((entry) => entry.booked !== entry.total),
  };
}

function addWeighted(sums: Int32Array, key: string, quantity: number): void {
  const bucket = bucketOf(key);
  const weight = fnv1a(key, 0x9e3779b9) | 1;
  sums[bucket] = (sums[bucket]! + Math.imul(weight, quantity)) | 0;
}

function bucketOf(key: string): number {
  return (fnv1a(key, 0x811c9dc5) >>> 8) & (BUCKETS - 1);
}

/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv). */
function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
