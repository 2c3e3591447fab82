import type { Organization as OrganizationJson } from '@tessera/contract';
import { formatId } from '../../platform/ids/index.ts';
import type { Organization } from './words.ts';

export function presentOrganization({ id, name, slug }: Organization): OrganizationJson {
  return { id: formatId('org', id), name, slug };
}
