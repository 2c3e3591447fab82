import { Type } from 'typebox';

/** Needs an access token. */
export const personSecurity = [{ accessToken: [] }];

export const NoContent = Type.Null({ description: 'Done.' });
