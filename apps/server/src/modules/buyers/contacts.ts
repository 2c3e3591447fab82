import type { BuyersContext } from './context.ts';
import { deleteContact, readContactRow, upsertContact } from './queries/contacts.ts';

/** Sets where a buyer's links go. `email` is an address as `parseEmail` gives it. */
export async function setContact({ db, vault, clock }: BuyersContext, buyerKey: string, email: string): Promise<void> {
  const contact = { buyerKey, ...vault.seal(buyerKey, email), ...vault.lookups(email), setAt: new Date(clock.nowMs()) };
  await db.transaction((tx) => upsertContact(tx, contact));
}

/** The address; null if the buyer has given none. */
export async function readContact({ db, vault }: BuyersContext, buyerKey: string): Promise<string | null> {
  const row = await readContactRow(db, buyerKey);
  return row ? vault.unseal(buyerKey, row) : null;
}

/** Destroys the key with the address: what replicas still have of it can be read by nobody. */
export async function forgetContact({ db }: BuyersContext, buyerKey: string): Promise<void> {
  await db.transaction((tx) => deleteContact(tx, buyerKey));
}
