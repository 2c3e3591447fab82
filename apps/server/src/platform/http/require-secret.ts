import type { onRequestHookHandler } from 'fastify';
import { bearerToken } from './bearer-token.ts';
import { buildSecretCheck } from './check-secret.ts';
import { problem } from './problem.ts';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="internal"' };

/** Lets in who sends the internal secret as `Authorization: Bearer …`; anyone else is answered 401 before the body is read. */
export function requireSecret(secret: string): onRequestHookHandler {
  const isSecret = buildSecretCheck(secret);
  return function checkSecret(request, _reply, done) {
    const token = bearerToken(request);
    if (token === null) return done(problem('INTERNAL_SECRET_MISSING', { headers: CHALLENGE }));
    if (isSecret(token)) return done();
    return done(problem('INTERNAL_SECRET_INVALID', { headers: CHALLENGE }));
  };
}
