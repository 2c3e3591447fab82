import type { Audience } from '../../../apps/server/src/platform/http/index.ts';
import type { Role } from '../houses.ts';
import { BY_TEST_KEYS, NOT_BY_KEYS, type Policy } from './policies.ts';

/** What the token that is shown really is. Roles are those in the organization that is asked about. */
export type Identity =
  | { kind: 'nobody' }
  | { kind: 'buyer' }
  | { kind: 'expired_buyer' }
  | { kind: 'person'; role: Role | null; operator?: 'protected' | 'unprotected' }
  | { kind: 'expired_person' }
  /** Of the organization: `home`; of another: `foreign`. `role` is that of the person whose key it is. */
  | { kind: 'key'; owner: 'home' | 'foreign' | 'person'; role: Role | null; hasScopes: boolean; isTest: boolean }
  | { kind: 'platform' }
  /** Forged, stale, or a token of another kind. */
  | { kind: 'wrong'; looksLikeKey: boolean; looksLikeBuyer?: true };

/** `in`, or the code of the refusal. */
export function verdictOn(name: string, policy: Policy, caller: Identity): string {
  if (typeof policy !== 'string') return ofMember(name, policy, caller);
  return of[policy](caller);
}

const of: Readonly<Record<Audience, (caller: Identity) => string>> = {
  public: () => 'in',
  buyer: ofBuyer,
  holder: (caller) => {
    const { kind } = caller;
    const asBuyer = kind === 'buyer' || kind === 'nobody' || kind === 'expired_buyer' || (kind === 'wrong' && caller.looksLikeBuyer);
    return asBuyer ? ofBuyer(caller) : ofPerson(caller);
  },
  person: ofPerson,
  person_or_key: (caller) => {
    if (caller.kind === 'key') return caller.owner === 'person' ? 'in' : 'FORBIDDEN';
    return isWrongKey(caller) ? 'API_KEY_INVALID' : ofPerson(caller);
  },
  founder: (caller) => (caller.kind === 'platform' ? 'in' : ofPerson(caller)),
  operator: (caller) => {
    if (caller.kind !== 'person') return ofPerson(caller);
    if (caller.operator === undefined) return 'NOT_FOUND';
    return caller.operator === 'protected' ? 'in' : 'ACCOUNTS_SECOND_FACTOR_NEEDED';
  },
  // Whatever they show: it is the notification that is signed.
  provider: () => 'PAYMENTS_NOTIFICATION_REFUSED',
  secret: ({ kind }) => {
    if (kind === 'platform') return 'in';
    return kind === 'nobody' ? 'INTERNAL_SECRET_MISSING' : 'INTERNAL_SECRET_INVALID';
  },
};

function ofBuyer({ kind }: Identity): string {
  if (kind === 'buyer') return 'in';
  if (kind === 'nobody') return 'BUYER_SESSION_MISSING';
  return kind === 'expired_buyer' ? 'BUYER_SESSION_EXPIRED' : 'BUYER_SESSION_INVALID';
}

function ofPerson({ kind }: Identity): string {
  if (kind === 'person') return 'in';
  if (kind === 'nobody') return 'ACCESS_TOKEN_MISSING';
  return kind === 'expired_person' ? 'ACCESS_TOKEN_EXPIRED' : 'ACCESS_TOKEN_INVALID';
}

/** Whoever has no place in the organization does not learn that it exists. */
function ofMember(name: string, roles: readonly Role[], caller: Identity): string {
  switch (caller.kind) {
    case 'platform':
      return 'in';
    case 'person':
      if (caller.role === null) return 'NOT_FOUND';
      return roles.includes(caller.role) ? 'in' : 'FORBIDDEN';
    case 'key':
      if (caller.owner === 'foreign' || (caller.owner === 'person' && caller.role === null)) return 'NOT_FOUND';
      return mayByKey(name, roles, caller) ? 'in' : 'FORBIDDEN';
    default:
      return isWrongKey(caller) ? 'API_KEY_INVALID' : ofPerson(caller);
  }
}

/** Role and scopes, both. */
function mayByKey(name: string, roles: readonly Role[], { role, hasScopes, isTest }: Extract<Identity, { kind: 'key' }>): boolean {
  if (!hasScopes || NOT_BY_KEYS.has(name) || (isTest && !BY_TEST_KEYS.has(name))) return false;
  return role === null || roles.includes(role);
}

function isWrongKey(caller: Identity): boolean {
  return caller.kind === 'wrong' && caller.looksLikeKey;
}
