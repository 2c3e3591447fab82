import { newUuid } from '../../platform/ids/index.ts';
import type { AccessClaims } from './access-tokens.ts';
import type { AccountsContext } from './context.ts';
import { lacksFactor } from './factors.ts';
import { passkeyAddedMail, passkeyRemovedMail } from './mails.ts';
import { hashOfSecret } from './one-time-secret.ts';
import { openPerson, type OpenPerson } from './open-person.ts';
import { issueChallenge } from './passkey-challenges.ts';
import { provePassword } from './prove-password.ts';
import { takeChallenge } from './queries/passkey-challenges.ts';
import { countPasskeys, deletePasskey, insertPasskey, isPasskeyOf, readPasskeys } from './queries/passkeys.ts';
import { lockPassword } from './queries/people.ts';
import { challengeOf, checkRegistration, type RegistrationAnswer } from './webauthn.ts';

/** A list that a person can still look through, and that a device is sent whole. */
const PASSKEYS_MAX = 20;

export type Passkey = { id: string; name: string; createdAt: Date; lastUsedAt: Date | null };

/** `not_shown`: the person has a second factor or a passkey, and this session did not begin with it. `gone`: the person. */
type Refusal = { kind: 'refused' } | { kind: 'not_shown' } | { kind: 'too_many' } | { kind: 'gone' };
export type AskOutcome = { kind: 'asked'; challenge: string; person: OpenPerson; known: Buffer[] } | Refusal;

/** Makes a challenge to add a passkey, for who gives the password. Throws TOO_MANY_ATTEMPTS. */
export async function askForPasskey(
  accounts: AccountsContext,
  claims: AccessClaims,
  proof: { password: string; address: string },
): Promise<AskOutcome> {
  const { personId } = claims;
  const proved = await provePassword(accounts, personId, proof);
  if (proved.kind !== 'proved') return proved;
  if (await lacksFactor(accounts.db, claims)) return { kind: 'not_shown' };
  const passkeys = await readPasskeys(accounts.db, personId);
  if (passkeys.length >= PASSKEYS_MAX) return { kind: 'too_many' };
  const challenge = await issueChallenge(accounts, personId);
  return { kind: 'asked', challenge, person: proved.person, known: passkeys.map(({ credentialId }) => credentialId) };
}

export type AddOutcome = { kind: 'added'; passkey: Passkey } | { kind: 'invalid' } | Exclude<Refusal, { kind: 'refused' }>;

/** Adds the passkey of an answer to a challenge, which is used up with it, and tells the person. */
export async function addPasskey(
  accounts: AccountsContext,
  claims: AccessClaims,
  { name, answer }: { name: string; answer: RegistrationAnswer },
): Promise<AddOutcome> {
  const { db, vault, clock, relyingParty, errands, mailer } = accounts;
  const { personId } = claims;
  const person = await openPerson(accounts, personId);
  if (!person) return { kind: 'gone' };
  const challenge = challengeOf(answer.clientData);
  if (challenge === null) return { kind: 'invalid' };
  const credential = await checkRegistration(relyingParty, challenge, answer);
  const nowMs = clock.nowMs();
  const nameSealed = vault.seal(person.key, 'passkey', name);
  const outcome = await db.transaction<AddOutcome>(async (tx) => {
    // One at a time for a person, and none that was asked for with a password that has been changed since.
    await lockPassword(tx, personId, null);
    const wasAsked = await takeChallenge(tx, { hash: hashOfSecret(challenge), personId, nowMs });
    if (!wasAsked || !credential) return { kind: 'invalid' };
    if (await lacksFactor(tx, claims)) return { kind: 'not_shown' };
    if ((await countPasskeys(tx, personId)) >= PASSKEYS_MAX) return { kind: 'too_many' };
    const id = newUuid(nowMs);
    if (!(await insertPasskey(tx, { id, personId, ...credential, nameSealed, nowMs }))) return { kind: 'invalid' };
    return { kind: 'added', passkey: { id, name, createdAt: new Date(nowMs), lastUsedAt: null } };
  });
  if (outcome.kind === 'added') errands.run('Mailing an added passkey', () => mailer.send(passkeyAddedMail(person.email)));
  return outcome;
}

/** A person's passkeys, the first first. */
export async function listPasskeys(accounts: AccountsContext, personId: string): Promise<Passkey[]> {
  const person = await openPerson(accounts, personId);
  if (!person) return [];
  const rows = await readPasskeys(accounts.db, personId);
  return rows.map(({ id, nameSealed, createdAt, lastUsedAt }) => {
    return { id, name: accounts.vault.unseal(person.key, 'passkey', nameSealed), createdAt, lastUsedAt };
  });
}

export type RemovePasskeyOutcome = { kind: 'removed' } | { kind: 'missing' } | { kind: 'not_shown' } | { kind: 'gone' };

/** Removes one for a session that began with a second factor or a passkey, and tells the person. */
export async function removePasskey(accounts: AccountsContext, claims: AccessClaims, id: string): Promise<RemovePasskeyOutcome> {
  const { db, errands, mailer } = accounts;
  const { personId } = claims;
  const person = await openPerson(accounts, personId);
  if (!person) return { kind: 'gone' };
  if (!(await isPasskeyOf(db, personId, id))) return { kind: 'missing' };
  if (!claims.hasSecondFactor) return { kind: 'not_shown' };
  if (!(await db.transaction((tx) => deletePasskey(tx, personId, id)))) return { kind: 'missing' };
  errands.run('Mailing a removed passkey', () => mailer.send(passkeyRemovedMail(person.email)));
  return { kind: 'removed' };
}
