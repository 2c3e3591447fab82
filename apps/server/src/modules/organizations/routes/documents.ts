/** Of routes for members: taken are an access token, an API key, and the secret of the platform. */
export const memberSecurity = [{ accessToken: [] }, { apiKey: [] }, { platformSecret: [] }];

export const common = { tags: ['organizations'], security: memberSecurity };
