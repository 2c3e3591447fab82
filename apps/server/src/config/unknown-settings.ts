/**
 * Kubernetes puts variables for every service of the namespace into each container, so a service named `tessera-…`
 * brings names with our prefix that nobody wrote.
 */
export function isInjectedByKubernetes(name: string, text: string | undefined): boolean {
  if (/_SERVICE_(HOST|PORT)(_|$)/.test(name)) return true;
  if (/_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name)) return true;
  return name.endsWith('_PORT') && /^(tcp|udp|sctp):\/\//.test(text ?? '');
}

/** " (did you mean X?)" for the known name that differs in a few letters, else an empty text. */
export function nearest(name: string, known: readonly string[]): string {
  const distances = known.map((candidate) => ({ candidate, distance: editDistance(name, candidate) }));
  const best = distances.sort((a, b) => a.distance - b.distance)[0];
  const isClose = best !== undefined && best.distance <= Math.max(2, name.length / 5);
  return isClose ? ` (did you mean ${best.candidate}?)` : '';
}

/** Levenshtein distance: single-letter insertions, deletions and replacements that turn a into b. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
