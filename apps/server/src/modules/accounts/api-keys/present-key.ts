import type { ApiKey as ApiKeyJson, CreatedApiKey } from '@tessera/contract';
import { formatId } from '../../../platform/ids/index.ts';
import type { ApiKey } from '../queries/api-keys.ts';

export function presentKey({ id, name, prefix, scopes, isTest, createdAt, expiresAt, lastUsedAt }: ApiKey): ApiKeyJson {
  return {
    id: formatId('key', id),
    name,
    prefix,
    scopes: [...scopes],
    is_test: isTest,
    created_at: createdAt.toISOString(),
    expires_at: expiresAt?.toISOString() ?? null,
    last_used_at: lastUsedAt?.toISOString() ?? null,
  };
}

/** The one answer that has the token. */
export function presentCreatedKey({ key, token }: { key: ApiKey; token: string }): CreatedApiKey {
  return { ...presentKey(key), token };
}
