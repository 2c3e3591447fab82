import { generateSecret, generateURI, verifySync } from 'otplib';

/**
 * Codes by time (RFC 6238): 6 digits, SHA-1, a step of 30 s. Many authenticator apps read nothing else, whatever the URI
 * says. The known weakness of SHA-1 is in collisions; HMAC does not rest on those.
 */
const DIGITS = 6;
const STEP_SECONDS = 30;
const ALGORITHM = 'sha1';
const SECRET_BYTES = 20;
/** One step before and after: a code typed slowly, or a clock half a minute off. Each further one is a third more to guess. */
const TOLERANCE_SECONDS = STEP_SECONDS;
const ISSUER = 'Tessera';
const CODE = /^[0-9]{6}$/;

/** A new secret in base 32, as apps take it. */
export function newTotpSecret(): string {
  return generateSecret({ length: SECRET_BYTES });
}

/** What an app reads from a picture: the secret and whose it is. */
export function totpUri(secret: string, email: string): string {
  return generateURI({ issuer: ISSUER, label: email, secret, algorithm: ALGORITHM, digits: DIGITS, period: STEP_SECONDS });
}

/** The step whose code this is: the present one, the one before or the one after; null if it is none of them. */
export function stepOfCode(secret: string, code: string, nowMs: number): number | null {
  if (!CODE.test(code)) return null;
  const check = verifySync({
    secret,
    token: code,
    epoch: Math.floor(nowMs / 1000),
    epochTolerance: TOLERANCE_SECONDS,
    algorithm: ALGORITHM,
    digits: DIGITS,
    period: STEP_SECONDS,
  });
  return check.valid && 'timeStep' in check ? check.timeStep : null;
}
