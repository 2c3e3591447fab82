import type { Db } from '../../../platform/db/index.ts';

export type Breakage = {
  /** The table whose next insert or update fails. */
  table: string;
  /** How often; later statements succeed. */
  times: number;
  /** What happens instead, in PL/pgSQL. */
  action: string;
  /** Fails at COMMIT, as a deferred constraint does, instead of at the statement. */
  atCommit?: boolean;
};

/**
 * Makes statements of the lane fail in PostgreSQL itself, a number of times. A sequence counts, because it does not
 * roll back with the transaction that it has made fail. Answers how to mend it, and how often it has struck.
 */
export async function breakStatements(db: Db, { table, times, action, atCommit = false }: Breakage): Promise<{ mend(): Promise<number> }> {
  await db.query('create sequence struck');
  await db.query(`create function strike() returns trigger language plpgsql as $$
    begin if nextval('struck') <= ${times} then ${action}; end if; return null; end $$`);
  const [kind, timing] = atCommit
    ? ['constraint trigger', 'deferrable initially deferred for each row']
    : ['trigger', 'for each statement'];
  await db.query(`create ${kind} strike after insert or update on ${table} ${timing} execute function strike()`);
  return {
    mend: async () => {
      const [row = []] = await db.queryRows('select last_value::int from struck');
      await db.query(`drop trigger strike on ${table}`);
      await db.query('drop function strike');
      await db.query('drop sequence struck');
      return Math.min(times, Number(row[0]));
    },
  };
}

/** Fails with a SQLSTATE. */
export function raise(sqlState: string): string {
  return `raise exception 'struck by the test' using errcode = '${sqlState}'`;
}
