import type { Tx } from '../../platform/db/index.ts';
import type { AccessClaims } from './access-tokens.ts';
import type { AccountsContext } from './context.ts';
import { lacksFactor } from './factors.ts';
import { CODES_OF_PERSON, limitAttempts } from './limits.ts';
import { secondFactorRemovedMail } from './mails.ts';
import { openPerson } from './open-person.ts';
import { provePassword } from './prove-password.ts';
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
import type { PersonKey } from './vault.ts';

/*
 * A second factor is none, waits to be confirmed, or is confirmed. Setting it up makes or replaces a secret that waits; a
 * right code confirms it; from then on signing in needs a code, until who has shown one removes it.
 */

/** `gone`: the person is there no more. */
type Gone = { kind: 'gone' };
/** `not_shown`: the session did not begin with what the person has beside the password. */
type NotShown = { kind: 'not_shown' };
export type SetUpOutcome = { kind: 'waiting'; secret: string; uri: string } | { kind: 'refused' } | { kind: 'exists' } | NotShown | Gone;

/** Makes a secret for who gives the password: an access token alone may be stolen. Throws TOO_MANY_ATTEMPTS. */
export async function setUpSecondFactor(
  accounts: AccountsContext,
  claims: AccessClaims,
  proof: { password: string; address: string },
): Promise<SetUpOutcome> {
  const { db, vault } = accounts;
  const { personId } = claims;
  const proved = await provePassword(accounts, personId, proof);
  if (proved.kind !== 'proved') return proved;
  if (await hasSecondFactor(db, personId)) return { kind: 'exists' };
  if (await lacksFactor(db, claims)) return { kind: 'not_shown' };
  const { key, email } = proved.person;
  const secret = newTotpSecret();
  if (!(await putSecret(db, personId, vault.seal(key, 'totp', secret)))) return { kind: 'exists' };
  return { kind: 'waiting', secret, uri: totpUri(secret, email) };
}

export type ConfirmOutcome = { kind: 'confirmed'; recoveryCodes: string[] } | { kind: 'wrong' } | { kind: 'missing' } | NotShown | Gone;

/** Confirms the secret that waits, by a code of it. Throws TOO_MANY_ATTEMPTS. */
export async function confirmSecondFactor(accounts: AccountsContext, claims: AccessClaims, code: string): Promise<ConfirmOutcome> {
  const { db, vault, clock } = accounts;
  const { personId } = claims;
  const found = await openPerson(accounts, personId);
  if (!found) return { kind: 'gone' };
  const factor = await readSecondFactor(db, personId);
  if (!factor || factor.isConfirmed) return { kind: 'missing' };
  if (await lacksFactor(db, claims)) return { kind: 'not_shown' };
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

export type RemoveOutcome = { kind: 'removed' } | { kind: 'missing' } | NotShown | Gone;

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

/** Apps show codes in groups, and people type them so. */
function withoutSpaces(code: string): string {
  return code.replace(/\s/g, '');
}
