import { PERMISSIONS, type Permission } from './roles.ts';

/** A key that could make members or keys would be whoever it likes. */
const NEVER: readonly Permission[] = ['members.change', 'keys.change'];
/** What cannot be marked as a test is not for test keys to change. */
const NOT_FOR_TESTS: readonly Permission[] = ['organization.change'];

/** Whether a key may have this permission as a scope. */
export function mayBeScope(scope: string, { isTest }: { isTest: boolean }): scope is Permission {
  const permission = PERMISSIONS.find((known) => known === scope);
  if (!permission || NEVER.includes(permission)) return false;
  return !(isTest && NOT_FOR_TESTS.includes(permission));
}
