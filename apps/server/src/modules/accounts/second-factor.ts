import type { AccessClaims } from './access-tokens.ts';
import type { AccountsContext } from './context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { CODES_OF_PERSON, limitAttempts, limitSignIns } from './limits.ts';
import { secondFactorRemovedMail } from './mails.ts';
import { readCredentials, readPerson } from './queries/people.ts';
import {
  confirmSecret,
  deleteSecondFactor,
  hasSecondFactor,
  putSecret,
  readSecondFactor,
  replaceRecoveryCodes,
  takeRecoveryCode,
  takeStep,
} from './queries/second-factors.ts';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.ts';
import { newTotpSecret, stepOfCode, totpUri } from './totp.ts';
import { normalizeEmail } from './email.ts';
import type { PersonKey } from './vault.ts';

/*
 * A second factor is none, waits to be confirmed, or is confirmed. Setting it up makes or replaces a secret that waits; a
 * right code confirms it; from then on signing in needs a code, until who has shown one removes it.
 */

/** `gone`: the person is there no more. */
type Gone = { kind: 'gone' };
export type SetUpOutcome = { kind: 'waiting'; secret: string; uri: string } | { kind: 'refused' } | { kind: 'exists' } | Gone;

/** Makes a secret for who gives the password: an access token alone may be stolen. Throws TOO_MANY_ATTEMPTS. */
export async function setUpSecondFactor(
  accounts: AccountsContext,
  personId: string,
  { password, address }: { password: string; address: string },
): Promise<SetUpOutcome> {
  const { db, vault, passwords } = accounts;
  const found = await openPerson(accounts, personId);
  if (!found) return { kind: 'gone' };
  await limitSignIns(accounts, normalizeEmail(found.email), address);
  const credentials = await readCredentials(db, vault.lookupEmail(found.email));
  const { isRight } = await passwords.verify(password, credentials?.phc ?? null);
  if (!isRight) return { kind: 'refused' };
  const secret = newTotpSecret();
  if (!(await putSecret(db, personId, vault.seal(found.key, 'totp', secret)))) return { kind: 'exists' };
  return { kind: 'waiting', secret, uri: totpUri(secret, found.email) };
}

export type ConfirmOutcome = { kind: 'confirmed'; recoveryCodes: string[] } | { kind: 'wrong' } | { kind: 'missing' } | Gone;

/** Confirms the secret that waits, by a code of it. Throws TOO_MANY_ATTEMPTS. */
export async function confirmSecondFactor(accounts: AccountsContext, personId: string, code: string): Promise<ConfirmOutcome> {
  const { db, vault, clock } = accounts;
  const found = await openPerson(accounts, personId);
  if (!found) return { kind: 'gone' };
  const factor = await readSecondFactor(db, personId);
  if (!factor || factor.isConfirmed) return { kind: 'missing' };
  await limitAttempts(accounts, CODES_OF_PERSON, personId);
  const { secretSealed } = factor;
  const nowMs = clock.nowMs();
  const step = stepOfCode(vault.unseal(found.key, 'totp', secretSealed), withoutSpaces(code), nowMs);
  if (step === null) return { kind: 'wrong' };
  const recoveryCodes = newRecoveryCodes();
  return db.transaction<ConfirmOutcome>(async (tx) => {
    if (!(await confirmSecret(tx, { personId, secretSealed, step, nowMs }))) return { kind: 'missing' };
    await replaceRecoveryCodes(tx, personId, recoveryCodes.map(hashOfRecoveryCode));
    return { kind: 'confirmed', recoveryCodes };
  });
}

export type RemoveOutcome = { kind: 'removed' } | { kind: 'missing' } | { kind: 'not_shown' } | Gone;

/** Removes it for a session that began with a code, and tells the person. */
export async function removeSecondFactor(accounts: AccountsContext, claims: AccessClaims): Promise<RemoveOutcome> {
  const { db, errands, mailer } = accounts;
  const found = await openPerson(accounts, claims.personId);
  if (!found) return { kind: 'gone' };
  if (!(await hasSecondFactor(db, claims.personId))) return { kind: 'missing' };
  if (!claims.hasSecondFactor) return { kind: 'not_shown' };
  if (!(await db.transaction((tx) => deleteSecondFactor(tx, claims.personId)))) return { kind: 'missing' };
  errands.run('Mailing a removed second factor', () => mailer.send(secondFactorRemovedMail(found.email)));
  return { kind: 'removed' };
}

/**
 * Uses a code of a person up, by time or of recovery; false if it is wrong or was used before. Takes part in the transaction
 * of what the code is shown for: if that fails, the code is still good.
 */
export async function takeCode(
  { vault, clock }: AccountsContext,
  tx: Tx,
  { person, secretSealed, code }: { person: PersonKey; secretSealed: Buffer; code: string },
): Promise<boolean> {
  const { personId } = person;
  const typed = withoutSpaces(code);
  const step = stepOfCode(vault.unseal(person, 'totp', secretSealed), typed, clock.nowMs());
  if (step !== null) return takeStep(tx, { personId, secretSealed, step });
  return takeRecoveryCode(tx, personId, hashOfRecoveryCode(typed));
}

async function openPerson({ db, vault }: AccountsContext, personId: string): Promise<{ key: PersonKey; email: string } | null> {
  const row = await readPerson(db, personId);
  if (!row) return null;
  const key = vault.openKey(row.id, row.sealedKey);
  return { key, email: vault.unseal(key, 'email', row.emailSealed) };
}

/** Apps show codes in groups, and people type them so. */
function withoutSpaces(code: string): string {
  return code.replace(/\s/g, '');
}
