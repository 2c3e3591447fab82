import assert from 'node:assert/strict';
import type { LightMyRequestResponse } from 'fastify';
import { SoftwareAuthenticator, type Options } from '../../../apps/server/src/modules/accounts/test/software-authenticator.ts';
import { PASSWORD, type Person } from './person.ts';

/** That of a server with no settings. */
const ORIGIN = 'http://localhost:8080';
export const PASSKEYS = '/users/me/passkeys';

export function askForPasskey(person: Person, token: string, password = PASSWORD): Promise<LightMyRequestResponse> {
  return person.send({ method: 'POST', path: `${PASSKEYS}/challenges`, body: { password }, token });
}

/** What a device answers to that, to be sent with a name. */
export async function answerOfDevice(
  person: Person,
  token: string,
): Promise<{ name: string; credential: object; device: SoftwareAuthenticator }> {
  const device = new SoftwareAuthenticator(ORIGIN);
  const asked = await askForPasskey(person, token);
  assert.equal(asked.statusCode, 201, asked.body);
  return { name: 'Telephone', credential: device.create(asked.json<Options>()), device };
}

export function addPasskey(person: Person, token: string, { name, credential }: { name: string; credential: object }) {
  return person.send({ method: 'POST', path: PASSKEYS, body: { name, credential }, token });
}

/** Gives a passkey to who has signed in with the password. */
export async function givePasskey(person: Person, token: string): Promise<{ device: SoftwareAuthenticator; id: string }> {
  const answer = await answerOfDevice(person, token);
  const added = await addPasskey(person, token, answer);
  assert.equal(added.statusCode, 201, added.body);
  return { device: answer.device, id: added.json<{ id: string }>().id };
}

/** Somebody with a passkey, in the session that began without it. */
export async function withPasskey(person: Person) {
  const { email, access_token: token } = await person.signedIn();
  return { email, access_token: token, ...(await givePasskey(person, token)) };
}

/** What the device shows to sign in. */
export async function showPasskey(person: Person, device: SoftwareAuthenticator): Promise<LightMyRequestResponse> {
  const asked = await person.send({ method: 'POST', path: '/sessions/passkey-challenges', body: {} });
  return person.send({ method: 'POST', path: '/sessions/passkeys', body: { credential: device.get(asked.json<Options>()) } });
}

/** The access token of a session that began with a passkey. */
export async function signedInWithPasskey(person: Person): Promise<{ token: string; id: string; email: string }> {
  const { device, id, email } = await withPasskey(person);
  const answer = await showPasskey(person, device);
  assert.equal(answer.statusCode, 201, answer.body);
  return { token: answer.json<{ access_token: string }>().access_token, id, email };
}
