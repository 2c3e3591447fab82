import type { Clock } from '../../platform/clock/index.ts';
import type { Db, Tx } from '../../platform/db/index.ts';
import { countPasskeys } from './queries/passkeys.ts';
import { deleteOperator, insertOperator, insertOperatorAction, readOperators, type OperatorAction } from './queries/operators.ts';
import { readCredentials } from './queries/people.ts';
import { hasSecondFactor } from './queries/second-factors.ts';
import { buildPeople } from './read-people.ts';
import { buildVault, type Vault } from './vault.ts';

export type Operator = { personId: string; name: string; email: string; since: Date };
/** `isProtected`: whether the person could sign in with a second factor or a passkey, without which the role opens nothing. */
export type CreateOperatorOutcome = { kind: 'created' | 'exists'; isProtected: boolean } | { kind: 'no_account' };
export type RemoveOperatorOutcome = { kind: 'removed' } | { kind: 'no_operator' };

/** Who runs the platform. The role is given and taken at the command line of the machine, and by no route. */
export type Operators = {
  /** Makes somebody with an account an operator. */
  create(email: string): Promise<CreateOperatorOutcome>;
  /** Takes the role; the next request of theirs finds it gone. */
  remove(email: string): Promise<RemoveOperatorOutcome>;
  /** The first first. Who was erased has neither name nor address. */
  list(): Promise<Operator[]>;
};

type OperatorsContext = { db: Db; clock: Clock; vault: Vault };

export function buildOperators({ serverKey, db, clock }: { serverKey: Buffer; db: Db; clock: Clock }): Operators {
  const context: OperatorsContext = { db, clock, vault: buildVault(serverKey) };
  return {
    create: (email) => createOperator(context, email),
    remove: (email) => removeOperator(context, email),
    list: () => listOperators(context),
  };
}

export async function listOperators({ db, vault }: Pick<OperatorsContext, 'db' | 'vault'>): Promise<Operator[]> {
  const rows = await readOperators(db);
  const people = await buildPeople({ db, vault }).readPeople(rows.map(({ personId }) => personId));
  return rows.map((row) => ({ ...row, ...(people.get(row.personId) ?? { name: '', email: '' }) }));
}

async function createOperator({ db, clock, vault }: OperatorsContext, email: string): Promise<CreateOperatorOutcome> {
  const person = await readCredentials(db, vault.lookupEmail(email));
  if (!person) return { kind: 'no_account' };
  const isProtected = (await hasSecondFactor(db, person.id)) || (await countPasskeys(db, person.id)) > 0;
  const nowMs = clock.nowMs();
  const kind = await db.transaction(async (tx) => {
    if (!(await insertOperator(tx, person.id, nowMs))) return 'exists' as const;
    await record(tx, { what: 'operator.created', subjectId: person.id }, nowMs);
    return 'created' as const;
  });
  return { kind, isProtected };
}

async function removeOperator({ db, clock, vault }: OperatorsContext, email: string): Promise<RemoveOperatorOutcome> {
  const person = await readCredentials(db, vault.lookupEmail(email));
  if (!person) return { kind: 'no_operator' };
  const nowMs = clock.nowMs();
  return db.transaction<RemoveOperatorOutcome>(async (tx) => {
    if (!(await deleteOperator(tx, person.id))) return { kind: 'no_operator' };
    await record(tx, { what: 'operator.removed', subjectId: person.id }, nowMs);
    return { kind: 'removed' };
  });
}

function record(tx: Tx, action: Pick<OperatorAction, 'what' | 'subjectId'>, nowMs: number): Promise<void> {
  return insertOperatorAction(tx, { ...action, personId: null, before: null, after: null }, nowMs);
}
