/** Somebody who waits for news of one thing; `stop` when it is not waited for any more. */
export type Listener = {
  /** Settles when there is news or the time is over; false where nobody is kept waiting (any more): then waiting again is in vain. */
  heard(withinMs: number): Promise<boolean>;
  stop(): void;
};

export type News = {
  /** Something has changed: whoever listens for it here looks again. */
  tell(key: string): void;
  listen(key: string): Listener;
  /** Nobody is kept waiting any more. */
  close(): void;
};

/** Beyond that nobody is kept waiting. */
const LISTENERS_MAX = 20_000;

/**
 * Who waits in this process for what another part of it does: a hint to look again, never the news itself. What other processes do is
 * not heard of, so whoever waits looks again by and by.
 */
export function buildNews(): News {
  const listening = new Map<string, Set<(isNews: boolean) => void>>();
  let count = 0;
  let isClosed = false;

  const remove = (key: string, hear: (isNews: boolean) => void): void => {
    const ofKey = listening.get(key);
    if (!ofKey?.delete(hear)) return;
    count -= 1;
    if (ofKey.size === 0) listening.delete(key);
  };

  return {
    tell: (key) => {
      for (const hear of listening.get(key) ?? []) hear(true);
    },
    listen: (key) => {
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const hear = (isNews: boolean): void => {
        remove(key, hear);
        resolve(isNews);
      };
      if (isClosed || count >= LISTENERS_MAX) resolve(false);
      else {
        listening.set(key, (listening.get(key) ?? new Set()).add(hear));
        count += 1;
      }
      return {
        heard: (withinMs) => {
          const timer = setTimeout(() => resolve(true), withinMs);
          return promise.finally(() => clearTimeout(timer));
        },
        stop: () => remove(key, hear),
      };
    },
    close: () => {
      isClosed = true;
      for (const hears of [...listening.values()]) for (const hear of [...hears]) hear(false);
    },
  };
}
