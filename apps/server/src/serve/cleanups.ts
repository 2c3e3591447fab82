/** What a start has made so far, undone in reverse order whether it went on to serve or not. */
export type Cleanups = {
  add(undo: () => void | Promise<void>): void;
  /** Runs all, also when one fails; then throws the first failure. */
  run(): Promise<void>;
};

export function collectCleanups(): Cleanups {
  const undos: (() => void | Promise<void>)[] = [];
  return {
    add: (undo) => undos.push(undo),
    run: async () => {
      const failures: unknown[] = [];
      for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
        try {
          await undo();
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  };
}
