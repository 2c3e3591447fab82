/** Needs an access token. */
export const personSecurity = [{ accessToken: [] }];

/** Takes a personal API key, too. */
export const personOrKeySecurity = [{ accessToken: [] }, { apiKey: [] }];
