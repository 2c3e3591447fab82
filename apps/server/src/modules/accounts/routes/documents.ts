import { Type } from 'typebox';

/** Needs an access token. */
export const personSecurity = [{ accessToken: [] }];

/** Takes a personal API key, too. */
export const personOrKeySecurity = [{ accessToken: [] }, { apiKey: [] }];

export const NoContent = Type.Null({ description: 'Done.' });
