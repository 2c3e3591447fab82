import type { PasskeyCreationOptions, PasskeyRequestOptions } from '@tessera/contract';
import { CHALLENGE_SECONDS } from '../passkey-challenges.ts';
import type { OpenPerson } from '../open-person.ts';
import type { RelyingParty } from '../relying-party.ts';
import { userHandleOf } from '../user-handle.ts';
import { SIGNATURE_ALGORITHMS } from '../webauthn.ts';

const timeout = CHALLENGE_SECONDS * 1000;
const type = 'public-key';

export type Asked = { challenge: string; person: OpenPerson; known: readonly Buffer[] };

/** What a browser needs to make a passkey: one that the device finds by itself, and that shows who uses it. */
export function presentCreationOptions({ id, name }: RelyingParty, { challenge, person, known }: Asked): PasskeyCreationOptions {
  return {
    rp: { id, name },
    user: { id: userHandleOf(person.key.personId), name: person.email, displayName: person.name },
    challenge,
    pubKeyCredParams: SIGNATURE_ALGORITHMS.map((alg) => ({ type, alg })),
    timeout,
    excludeCredentials: known.map((credentialId) => ({ type, id: credentialId.toString('base64url') })),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    attestation: 'none',
  };
}

/** What a browser needs to show a passkey; no account is named, the device knows. */
export function presentRequestOptions({ id }: RelyingParty, challenge: string): PasskeyRequestOptions {
  return { rpId: id, challenge, timeout, userVerification: 'required' };
}
