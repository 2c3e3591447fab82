/**
 * What a failed transaction says. `poison`: one of its commands makes it fail, and would again. `passing`: the same
 * batch may succeed later (a conflict, a lock not granted, a database that stops, restarts or is full, a lost connection).
 */
export type Failure = 'poison' | 'passing';

/** SQLSTATE classes (PostgreSQL manual, appendix A): connection, rollback, resources, operator intervention, system. */
const PASSING_CLASSES = new Set(['08', '40', '53', '57', '58']);
/** lock_not_available; idle_in_transaction_session_timeout and its siblings; read_only_sql_transaction after a failover. */
const PASSING_CODES = new Set(['55P03', '25P02', '25P03', '25P04', '25006']);

export function classify(error: unknown): Failure {
  const code = sqlState(error);
  // Without a SQLSTATE the answer did not come from PostgreSQL: the connection was lost.
  if (code === null) return 'passing';
  return PASSING_CODES.has(code) || PASSING_CLASSES.has(code.slice(0, 2)) ? 'passing' : 'poison';
}

/** Whether the connection itself is gone, so that nobody has said how the transaction ended. */
export function isSilent(error: unknown): boolean {
  const code = sqlState(error);
  return code === null || code.startsWith('08') || code.startsWith('57');
}

/** Whether the server takes no writes: it is a replica, perhaps since a moment ago. */
export function isReadOnly(error: unknown): boolean {
  return sqlState(error) === '25006';
}

/** Errors of the system have codes too, and EPIPE looks like a SQLSTATE; only PostgreSQL's errors have a severity. */
function sqlState(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('severity' in error)) return null;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : null;
}
