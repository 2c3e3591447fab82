/** What a route for members may answer. */
export { MEMBER_PROBLEMS as memberProblems } from '@tessera/contract';

/** Taken are an access token, an API key, and the secret of the platform. */
export const common = { tags: ['organizations'], security: [{ accessToken: [] }, { apiKey: [] }, { platformSecret: [] }] };
