import type { ErrorCode } from '@tessera/contract';
import { Type } from 'typebox';

export const personSecurity = [{ accessToken: [] }];

/** What a route for people who signed in may answer. */
export const personProblems: readonly ErrorCode[] = [
  'REQUEST_INVALID',
  'ACCESS_TOKEN_MISSING',
  'ACCESS_TOKEN_INVALID',
  'ACCESS_TOKEN_EXPIRED',
  'UNAVAILABLE',
];

/** What a route for members may answer. */
export const memberProblems: readonly ErrorCode[] = [...personProblems, 'NOT_FOUND', 'FORBIDDEN'];

export const bodyProblems: readonly ErrorCode[] = ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];

export const common = { tags: ['organizations'], security: personSecurity };

export const NoContent = Type.Null({ description: 'Done.' });
