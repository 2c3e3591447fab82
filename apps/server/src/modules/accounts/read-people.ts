import type { AccountsContext } from './context.ts';
import { readPeopleRows } from './queries/people.ts';

/** What other members of an organization see of a person. */
export type KnownPerson = { name: string; email: string };

/** People for other modules. */
export type People = {
  /** The people of these ids, as far as they are still there. */
  readPeople(ids: readonly string[]): Promise<Map<string, KnownPerson>>;
};

export function buildPeople({ db, vault }: Pick<AccountsContext, 'db' | 'vault'>): People {
  return {
    readPeople: async (ids) => {
      const rows = await readPeopleRows(db, ids);
      return new Map(
        rows.map((row) => {
          const key = vault.openKey(row.id, row.sealedKey);
          return [row.id, { name: vault.unseal(key, 'name', row.nameSealed), email: vault.unseal(key, 'email', row.emailSealed) }];
        }),
      );
    },
  };
}
