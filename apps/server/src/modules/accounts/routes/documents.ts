import { Type } from 'typebox';
import type { ErrorCode } from '@tessera/contract';

/** Needs an access token. */
export const personSecurity = [{ accessToken: [] }];

/** What every route with a body may answer. */
export const bodyProblems: readonly ErrorCode[] = ['REQUEST_INVALID', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'UNAVAILABLE'];

/** What a route for people who signed in may answer. */
export const personProblems: readonly ErrorCode[] = [
  'REQUEST_INVALID',
  'ACCESS_TOKEN_MISSING',
  'ACCESS_TOKEN_INVALID',
  'ACCESS_TOKEN_EXPIRED',
  'UNAVAILABLE',
];

export const NoContent = Type.Null({ description: 'Done.' });
