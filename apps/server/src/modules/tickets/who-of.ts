import { formatId } from '../../platform/ids/index.ts';
import type { Member } from '../organizations/index.ts';

/** The public id of who acts. */
export function whoOf({ actor }: Member): string {
  switch (actor.kind) {
    case 'person':
      return formatId('per', actor.personId);
    case 'key':
      return formatId('key', actor.keyId);
    case 'platform':
      return 'platform';
  }
}
