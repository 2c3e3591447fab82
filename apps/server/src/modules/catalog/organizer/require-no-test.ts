import { problem } from '../../../platform/http/index.ts';
import { makesTests, type Member } from '../../organizations/index.ts';

/** The member, unless it is a test key: what cannot be marked as a test, and purged with the others, is not for test keys to make. */
export function requireNoTest(member: Member): Member {
  if (makesTests(member.actor)) throw problem('FORBIDDEN', { detail: 'A test key makes nothing that live events use.' });
  return member;
}
