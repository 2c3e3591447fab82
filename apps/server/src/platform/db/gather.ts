/** Looks one thing up; the group is what can be asked for in one statement, an event for example. */
export type Gather<Value> = (group: string, key: string) => Promise<Value>;

export type GatherOptions<Value> = {
  /** One statement: the value of each key, in their order. */
  load(group: string, keys: readonly string[]): Promise<readonly Value[]>;
  /** Keys of one statement at most. */
  max?: number;
};

const MAX = 200;

type Waiting<Value> = { key: string; resolve: (value: Value) => void; reject: (error: unknown) => void };

/**
 * Answers single look-ups by as few statements as there can be: those that arrive in one turn of the event loop, or while the statement
 * before is under way, go together into the next. It never lingers, as a lane does not, and what is answered was read after it was
 * asked for. In a rush a statement for each of a hundred requests costs the database and the server several times as much.
 */
export function buildGather<Value>({ load, max = MAX }: GatherOptions<Value>): Gather<Value> {
  const groups = new Map<string, Waiting<Value>[]>();

  async function answerAll(group: string, waiting: Waiting<Value>[]): Promise<void> {
    while (waiting.length > 0) {
      const taken = waiting.splice(0, max);
      try {
        const values = await load(
          group,
          taken.map(({ key }) => key),
        );
        taken.forEach(({ resolve }, index) => {
          resolve(values[index]!);
        });
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    groups.delete(group);
  }

  return (group, key) =>
    new Promise((resolve, reject) => {
      const known = groups.get(group);
      const waiting = known ?? [];
      waiting.push({ key, resolve, reject });
      if (known) return;
      groups.set(group, waiting);
      setImmediate(() => void answerAll(group, waiting));
    });
}
