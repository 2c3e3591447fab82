import type { HttpServer } from '../../../platform/http/index.ts';
import { personalKeyRoutes, type KeyRoutes } from './api-keys.ts';
import { meRoutes } from './me.ts';
import { passkeyRoutes } from './passkeys.ts';
import { passwordResetRoutes } from './password-resets.ts';
import { refreshSessionRoute } from './refresh-session.ts';
import { secondFactorRoutes } from './second-factor.ts';
import { sessionRoutes } from './sessions.ts';
import { signInRoute } from './sign-in.ts';
import { signInWithPasskeyRoutes } from './sign-in-with-passkey.ts';
import { signUpRoute } from './sign-up.ts';
import { verifyEmailRoute } from './verify-email.ts';

/** The routes of people and their sessions. */
export function peopleRoutes(http: HttpServer, parts: KeyRoutes): void {
  signUpRoute(http, parts.accounts);
  verifyEmailRoute(http, parts.accounts);
  signInRoute(http, parts.accounts);
  signInWithPasskeyRoutes(http, parts.accounts);
  refreshSessionRoute(http, parts.accounts);
  passwordResetRoutes(http, parts.accounts);
  meRoutes(http, parts);
  sessionRoutes(http, parts);
  secondFactorRoutes(http, parts);
  personalKeyRoutes(http, parts);
  passkeyRoutes(http, parts);
}
