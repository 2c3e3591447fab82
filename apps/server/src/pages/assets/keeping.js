/** What this browser has kept under a name, or null. */
export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    // A browser that keeps nothing, or keeps nonsense: as if nothing had been kept.
    return null;
  }
}

/** Keeps a value under a name; null forgets it. */
export function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Without storage the hold lasts as long as the page; nothing else changes.
  }
}
