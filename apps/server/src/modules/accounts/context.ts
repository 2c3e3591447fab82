import type { Mailer } from '../../engines/mail/index.ts';
import type { Clock } from '../../platform/clock/index.ts';
import type { Db } from '../../platform/db/index.ts';
import type { Log } from '../../platform/telemetry/index.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { EndedSessions } from './ended-sessions.ts';
import type { Passwords } from './passwords.ts';
import type { Errands } from './errands.ts';
import type { RelyingParty } from './relying-party.ts';
import type { Vault } from './vault.ts';

/** What the use cases of people and their sessions stand on. */
export type AccountsContext = {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly mailer: Mailer;
  readonly vault: Vault;
  readonly passwords: Passwords;
  readonly accessTokens: AccessTokens;
  readonly ended: EndedSessions;
  readonly errands: Errands;
  readonly relyingParty: RelyingParty;
};
