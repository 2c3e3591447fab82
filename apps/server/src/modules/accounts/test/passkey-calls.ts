import assert from 'node:assert/strict';
import { SoftwareAuthenticator, type Options, type Twist } from './software-authenticator.ts';
import { newIp, PASSWORD, PUBLIC_URL, type AccountsServer, type Tokens } from './support.ts';

export const PATH = '/users/me/passkeys';
export type Passkey = { id: string; name: string; created_at: string; last_used_at: string | null };
type Answer = { statusCode: number; body: string; json<T>(): T };

/** What people do with passkeys at a server; `show` does it at another of the same installation too. */
export function passkeyCalls(server: AccountsServer) {
  const post = (path: string, body: object, token?: string, at = server) =>
    at.send({ method: 'POST', path, body, from: newIp(), ...(token !== undefined && { token }) });
  const ask = (token: string, password = PASSWORD) => post(`${PATH}/challenges`, { password }, token);
  const options = async (token: string) => {
    const answer = await ask(token);
    assert.equal(answer.statusCode, 201, answer.body);
    return answer.json<Options>();
  };
  const add = (token: string, credential: object, name = 'My telephone') => post(PATH, { name, credential }, token);
  const list = async (token: string) => (await server.send({ method: 'GET', path: PATH, token })).json<{ data: Passkey[] }>().data;
  const askSignIn = async () => (await post('/sessions/passkey-challenges', {})).json<Options>();
  const show = (credential: object, at = server) => post('/sessions/passkeys', { credential }, undefined, at);
  return {
    ...{ post, ask, options, add, list, askSignIn, show },
    remove: (token: string, id: string) => server.send({ method: 'DELETE', path: `${PATH}/${id}`, token }),
    signIn: async (device: SoftwareAuthenticator, twist: Twist = {}) => show(device.get(await askSignIn(), twist)),
    refresh: async (token: string) => (await post('/sessions/refresh', { refresh_token: token })).json<Tokens>(),
    /** Somebody with a passkey, in the session that began with the password. */
    newHolder: async ({ counts = true } = {}) => {
      const { email, tokens } = await server.newPerson();
      const device = new SoftwareAuthenticator(PUBLIC_URL, { counts });
      const answer = await add(tokens.access_token, device.create(await options(tokens.access_token)));
      assert.equal(answer.statusCode, 201, answer.body);
      return { email, tokens, device, passkey: answer.json<Passkey>() };
    },
  };
}

export function tokensOf(answer: Answer): Tokens {
  assert.equal(answer.statusCode, 201, answer.body);
  return answer.json<Tokens>();
}
