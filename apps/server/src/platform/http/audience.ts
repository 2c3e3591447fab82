/**
 * Whom a route is for. Members are the audience of a route that names what they must be allowed instead.
 *
 * - `public`: anybody; a token that is sent means nothing.
 * - `buyer`: who shows a buyer session.
 * - `holder`: who shows a buyer session, or signed in: for the buyers that the account has claimed.
 * - `person`: who signed in; `person_or_key`: or shows a key of theirs; `founder`: or is the platform.
 * - `operator`: a person who runs the platform, in a session with a second factor.
 * - `secret`: another program, which knows the internal secret.
 * - `provider`: the payment provider, whose signature the route checks.
 */
export type Audience = 'public' | 'buyer' | 'holder' | 'person' | 'person_or_key' | 'founder' | 'operator' | 'secret' | 'provider';

declare module 'fastify' {
  interface FastifyContextConfig {
    audience?: Audience;
  }
}
