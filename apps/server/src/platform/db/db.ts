import { Pool, type PoolClient, type QueryResultRow } from 'pg';
import { takeOptions } from './url-options.ts';

/** Values that a statement takes: what `pg` turns into text by itself. */
export type SqlValue = string | number | boolean | null | Date | Buffer | readonly (string | number | null)[];

export type Queryable = {
  /** Runs one statement and answers its rows. Throws `pg`'s DatabaseError. */
  query<Row extends QueryResultRow>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** The same, with each row as an array in the order of the statement's columns. */
  queryRows(text: string, values?: readonly SqlValue[]): Promise<unknown[][]>;
};

/** A pool of connections for reads and short writes outside the lane. */
export type Db = Queryable & {
  /** Runs `work` in one READ COMMITTED transaction; rolls back and rethrows if it throws. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** Connections in use, idle and waited for: for metrics. */
  load(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
};

/** An open transaction. It is a type of its own, so that a writer says by its signature that it needs one. */
export type Tx = Queryable & { readonly isTransaction: true };

export type DbOptions = {
  url: string;
  poolMax: number;
  onError: (error: Error) => void;
  /** How long one statement outside the lane may take before PostgreSQL ends it. Tests shorten it. */
  statementTimeoutMs?: number;
};

const STATEMENT_TIMEOUT_MS = 5_000;
/** Whoever has not said by then that the statement was ended has fallen silent: the connection is given up. */
const SILENCE_MS = 1_000;

export function openDb(options: DbOptions): Db {
  const { statementTimeoutMs = STATEMENT_TIMEOUT_MS } = options;
  const { connectionString, options: own } = takeOptions(options.url);
  const pool = new Pool({
    connectionString,
    // PostgreSQL reads them first, and the settings below after them.
    ...(own !== '' && { options: own }),
    max: options.poolMax,
    application_name: 'tessera',
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
    statement_timeout: statementTimeoutMs,
    query_timeout: statementTimeoutMs + SILENCE_MS,
    idle_in_transaction_session_timeout: 1_000,
  });
  let isClosing = false;
  // An idle connection that breaks (PostgreSQL restarted) is replaced by the pool; it is no one's request.
  pool.on('error', (error) => {
    if (!isClosing) options.onError(error);
  });
  return {
    query: (text, values) => run(pool, text, values),
    queryRows: (text, values) => runRows(pool, text, values),
    transaction: (work) => inTransaction(pool, work),
    load: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    close: () => {
      isClosing = true;
      return pool.end();
    },
  };
}

async function run<Row extends QueryResultRow>(on: Pool | PoolClient, text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
  const result = await on.query<Row>(text, values as unknown[]);
  return result.rows;
}

async function runRows(on: Pool | PoolClient, text: string, values: readonly SqlValue[] = []): Promise<unknown[][]> {
  const result = await on.query<unknown[]>({ text, values: values as unknown[], rowMode: 'array' });
  return result.rows;
}

function asTx(client: PoolClient): Tx {
  return {
    isTransaction: true,
    query: (text, values) => run(client, text, values),
    queryRows: (text, values) => runRows(client, text, values),
  };
}

async function inTransaction<Result>(pool: Pool, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // The pool listens to idle connections alone. One that breaks rejects its query and says so once more when it closes.
  const onError = (error: Error): void => {
    broken = error;
  };
  client.on('error', onError);
  try {
    await client.query('begin');
    const result = await work(asTx(client));
    const committed = await client.query('commit');
    // A commit of a failed transaction "succeeds" with the tag ROLLBACK.
    if (committed.command !== 'COMMIT') throw new Error(`The transaction ended with ${committed.command}.`);
    return result;
  } catch (error) {
    broken ??= isSilence(error) ? error : await rollBack(client);
    throw error;
  } finally {
    client.removeListener('error', onError);
    client.release(broken);
  }
}

/** Leaves the connection without a transaction; answers what is wrong with it if that fails. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** `pg` gives no code for it. A rollback would wait behind the statement that is not answered. */
function isSilence(error: unknown): error is Error {
  return error instanceof Error && error.message === 'Query read timeout';
}
