import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { RelyingParty } from './relying-party.ts';

/*
 * Checking what devices answer (WebAuthn), by a library. The library is loaded when the first answer comes: it takes a
 * quarter of a second and 27 MB, and many servers never see a passkey.
 */

/** Signatures that are taken: EdDSA, ES256 and RS256, which every device knows one of. Named, so that servers agree. */
export const SIGNATURE_ALGORITHMS = [-8, -7, -257];
const CREDENTIAL_ID_BYTES_MAX = 1023;

export type RegistrationAnswer = { id: string; clientData: string; attestation: string };
export type SignInAnswer = { id: string; clientData: string; authenticatorData: string; signature: string; userHandle: string };
export type NewCredential = { credentialId: Buffer; publicKey: Buffer; signCount: number };
export type KnownCredential = { publicKey: Buffer; signCount: number };

/** What the device was asked, as it says itself; null for an answer that cannot be read, or that was made inside another site's frame. */
export function challengeOf(clientData: string): string | null {
  const parsed = parseJson(Buffer.from(clientData, 'base64url').toString('utf8'));
  if (typeof parsed !== 'object' || parsed === null || !('challenge' in parsed)) return null;
  if ('crossOrigin' in parsed && parsed.crossOrigin !== false) return null;
  return typeof parsed.challenge === 'string' ? parsed.challenge : null;
}

/** The passkey in an answer to a challenge; null unless it was made for us, by somebody who showed the device who they are. */
export async function checkRegistration(
  { id: rpId, origin }: RelyingParty,
  challenge: string,
  answer: RegistrationAnswer,
): Promise<NewCredential | null> {
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server');
  const response: RegistrationResponseJSON = {
    ...{ id: answer.id, rawId: answer.id, type: 'public-key', clientExtensionResults: {} },
    response: { clientDataJSON: answer.clientData, attestationObject: answer.attestation },
  };
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId };
  return orNull(async () => {
    if (!(await saysNothingOfItsMaker(answer.attestation))) return null;
    const check = await verifyRegistrationResponse({
      ...{ response, ...expected, requireUserVerification: true, supportedAlgorithmIDs: SIGNATURE_ALGORITHMS },
    });
    if (!check.verified) return null;
    const { id, publicKey, counter } = check.registrationInfo.credential;
    const credentialId = Buffer.from(id, 'base64url');
    if (id !== answer.id || credentialId.length > CREDENTIAL_ID_BYTES_MAX) return null;
    return { credentialId, publicKey: Buffer.from(publicKey), signCount: counter };
  });
}

/** How often the device has signed by now; null unless the answer is this passkey's, for us, and later than what was seen before. */
export async function checkSignIn(
  { id: rpId, origin }: RelyingParty,
  challenge: string,
  { answer, known }: { answer: SignInAnswer; known: KnownCredential },
): Promise<number | null> {
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server');
  const { id, clientData, authenticatorData, signature } = answer;
  const response: AuthenticationResponseJSON = {
    ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
    response: { clientDataJSON: clientData, authenticatorData, signature },
  };
  const expected = { expectedChallenge: challenge, expectedOrigin: origin, expectedRPID: rpId };
  const credential = { id, publicKey: new Uint8Array(known.publicKey), counter: known.signCount };
  return orNull(async () => {
    const check = await verifyAuthenticationResponse({ response, credential, ...expected, requireUserVerification: true });
    return check.verified ? check.authenticationInfo.newCounter : null;
  });
}

/**
 * Who made a device is not asked, so an answer proves nothing about it, or has signed itself. Chains of certificates are
 * refused unread: checking one may go as far as fetching what it names.
 */
async function saysNothingOfItsMaker(attestation: string): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestation, 'base64url')));
  const format = decoded.get('fmt');
  return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
}

/** The library throws for everything that is wrong with an answer, and a stranger may send anything: all of it is a refusal. */
async function orNull<Value>(check: () => Promise<Value | null>): Promise<Value | null> {
  try {
    return await check();
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
