import type { Cases, Provoke } from './provoke.ts';
import { signedInWithPasskey } from './with-passkey.ts';

const asOperator =
  (path: string): Provoke =>
  async ({ person, makeOperator }) => {
    const { token, email } = await signedInWithPasskey(person);
    await makeOperator(email);
    return person.send({ method: 'GET', path, token });
  };

/** An operator, in a session that began with the password alone. */
const unshown =
  (path: string): Provoke =>
  async ({ person, makeOperator }) => {
    const { access_token: token, email } = await person.signedIn();
    await makeOperator(email);
    return person.send({ method: 'GET', path, token });
  };

const asPerson =
  (path: string): Provoke =>
  async ({ person }) =>
    person.send({ method: 'GET', path, token: (await signedInWithPasskey(person)).token });

const casesOf = (path: string) => ({ 200: asOperator(path), 403: unshown(path), 404: asPerson(path) });

export const operatorCases: Cases = {
  listOperators: casesOf('/operator/operators'),
  listAllOrganizations: casesOf('/operator/organizations'),
  listPaymentNotices: casesOf('/operator/payment-notices'),
};
