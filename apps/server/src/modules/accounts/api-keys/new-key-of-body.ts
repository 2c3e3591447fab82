import { invalidField } from '../../../platform/http/index.ts';

/** What a caller asks a key to be, in whatever route. */
export type KeyBody = { name: string; scopes: readonly string[]; is_test?: boolean; expires_at?: string | null };
export type RequestedKey = { name: string; scopes: readonly string[]; isTest: boolean; expiresAtMs: number | null };

/** Whether a key may have this scope: known where permissions are. */
export type MayBeScope = (scope: string, key: { isTest: boolean }) => boolean;

const LATEST_MS = Date.UTC(9999, 11, 31);

/** Throws REQUEST_INVALID, naming the field. */
export function newKeyOfBody(body: KeyBody, { mayBeScope, nowMs }: { mayBeScope: MayBeScope; nowMs: number }): RequestedKey {
  const { name, scopes, is_test: isTest = false, expires_at: expiresAt = null } = body;
  scopes.forEach((scope, index) => {
    if (!mayBeScope(scope, { isTest }))
      throw invalidField(`/scopes/${index}`, `must be a permission that a ${isTest ? 'test ' : ''}key may have`);
  });
  return { name, scopes, isTest, expiresAtMs: expiresAt === null ? null : futureMs(expiresAt, nowMs) };
}

function futureMs(text: string, nowMs: number): number {
  const ms = Date.parse(text);
  if (ms > nowMs && ms <= LATEST_MS) return ms;
  throw invalidField('/expires_at', 'must be in the future');
}
