import type { FastifyRequest } from 'fastify';
import type { Clock } from '../../../platform/clock/index.ts';
import type { Db, Tx } from '../../../platform/db/index.ts';
import { bearerToken, problem } from '../../../platform/http/index.ts';
import { newUuid } from '../../../platform/ids/index.ts';
import type { Errands } from '../errands.ts';
import { countKeys, insertKey, lockKeysOf, readKeys, revokeKey, type ApiKey, type KeyOwner } from '../queries/api-keys.ts';
import { buildKeyChecks } from './key-checks.ts';
import { looksLikeKey, newKeyToken } from './key-token.ts';

export type { ApiKey, KeyOwner } from '../queries/api-keys.ts';

export type NewApiKey = {
  owner: KeyOwner;
  /** Null: the platform. */
  createdBy: string | null;
  name: string;
  scopes: readonly string[];
  isTest: boolean;
  /** Null: never. */
  expiresAtMs: number | null;
};

/** The token is in this outcome alone, and nowhere else ever. */
export type CreateKeyOutcome = { kind: 'created'; key: ApiKey; token: string } | { kind: 'too_many' };

/** Keys of people and organizations. What their scopes allow is judged by who asks for them. */
export type ApiKeys = {
  create(tx: Tx, request: NewApiKey): Promise<CreateKeyOutcome>;
  /** Those that were not revoked, newest first. */
  list(owner: KeyOwner): Promise<ApiKey[]>;
  /** Takes effect on every process within a second. Null if the owner has no such key. */
  revoke(tx: Tx, owner: KeyOwner, id: string): Promise<ApiKey | null>;
  /** The key that a request sends; null if what it sends is no key at all. Throws API_KEY_INVALID or API_KEY_EXPIRED. */
  keyOf(request: FastifyRequest): Promise<ApiKey | null>;
};

/** A list of keys shows all of them. */
const KEYS_MAX = 50;
const CHALLENGE = { 'www-authenticate': 'Bearer' };

export function buildApiKeys({ db, clock, errands }: { db: Db; clock: Clock; errands: Errands }): ApiKeys {
  const checks = buildKeyChecks({ db, clock, errands });
  return {
    create: async (tx, { owner, createdBy, name, scopes, isTest, expiresAtMs }) => {
      await lockKeysOf(tx, owner);
      if ((await countKeys(tx, owner)) >= KEYS_MAX) return { kind: 'too_many' };
      const nowMs = clock.nowMs();
      const { token, prefix, hash } = newKeyToken({ isTest });
      const expiresAt = expiresAtMs === null ? null : new Date(expiresAtMs);
      const key: ApiKey = {
        ...{ id: newUuid(nowMs), owner, name, prefix, isTest },
        ...{ scopes: [...new Set(scopes)].sort(), createdAt: new Date(nowMs), expiresAt, lastUsedAt: null },
      };
      await insertKey(tx, { ...key, hash, createdBy });
      return { kind: 'created', key, token };
    },
    list: (owner) => readKeys(db, owner),
    revoke: (tx, owner, id) => revokeKey(tx, { owner, id, nowMs: clock.nowMs() }),
    keyOf: async (request) => {
      const token = bearerToken(request);
      if (token === null || !looksLikeKey(token)) return null;
      const check = await checks.check(token);
      switch (check.kind) {
        case 'valid':
          return check.key;
        case 'expired':
          throw problem('API_KEY_EXPIRED', { headers: CHALLENGE });
        case 'invalid':
          throw problem('API_KEY_INVALID', { headers: CHALLENGE });
      }
    },
  };
}
