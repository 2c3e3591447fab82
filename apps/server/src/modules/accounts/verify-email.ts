import type { AccountsContext } from './context.ts';
import { clientOf } from './client-of.ts';
import { limitAttempts, limitSignIns, SIGN_INS_FROM_ADDRESS } from './limits.ts';
import { hashOfSecret } from './one-time-secret.ts';
import { openSession, type SessionPair } from './open-session.ts';
import { insertPerson } from './queries/people.ts';
import { readSignUp, takeSignUp } from './queries/sign-ups.ts';

export type VerifyEmail = { token: string; password: string; device: string; address: string };
export type VerifyEmailOutcome = { kind: 'signed_in'; session: SessionPair } | { kind: 'link_invalid' } | { kind: 'refused' };

/**
 * Makes a person of a sign-up and signs them in. The password of that very sign-up is asked for: whoever followed the link
 * that another's sign-up sent to their address does not know it. Throws TOO_MANY_ATTEMPTS.
 */
export async function verifyEmail(accounts: AccountsContext, request: VerifyEmail): Promise<VerifyEmailOutcome> {
  const { db, clock, vault, passwords } = accounts;
  const nowMs = clock.nowMs();
  const tokenHash = hashOfSecret(request.token);
  await limitAttempts(accounts, SIGN_INS_FROM_ADDRESS, clientOf(request.address));
  const row = await readSignUp(db, tokenHash, nowMs);
  if (!row) return { kind: 'link_invalid' };
  await limitSignIns(accounts, row.personId, request.address);
  const { isRight } = await passwords.verify(request.password, row.phc);
  if (!isRight) return { kind: 'refused' };
  const person = vault.openKey(row.personId, row.sealedKey);
  return db.transaction<VerifyEmailOutcome>(async (tx) => {
    if (!(await takeSignUp(tx, tokenHash))) return { kind: 'link_invalid' };
    // The address may have been proved by another sign-up meanwhile.
    if (!(await insertPerson(tx, { ...row, id: row.personId, createdAtMs: nowMs }))) return { kind: 'link_invalid' };
    return { kind: 'signed_in', session: await openSession(accounts, tx, { person, device: request.device, hasSecondFactor: false }) };
  });
}
