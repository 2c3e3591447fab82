const undos = new Set<() => void>();

process.once('exit', () => {
  for (const undo of undos) undo();
});
// A test file that takes too long is ended by this signal; it must not leave its servers behind.
process.once('SIGTERM', () => process.exit(143));

/** Runs `undo` when this process ends before it cleaned up by itself. Answers how to forget it. */
export function onProcessEnd(undo: () => void): () => void {
  undos.add(undo);
  return () => undos.delete(undo);
}
