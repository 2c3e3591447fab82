import type { LightMyRequestResponse } from 'fastify';
import { buildBuyerSessions } from '../../../apps/server/src/modules/accounts/index.ts';
import { systemClock } from '../../../apps/server/src/platform/clock/index.ts';
import type { Buyer } from './buyer.ts';
import { freshAddress, type Person } from './person.ts';
import type { Cases } from './provoke.ts';
import { serverKey, type Stage } from './stage.ts';

const CONTACT = '/api/v1/buyer-sessions/me/contact';
const CLAIMS = '/users/me/buyer-sessions';
const anybody = buildBuyerSessions({ serverKey, clock: systemClock }).issueBuyerSession(systemClock.nowMs()).token;

/** What these operations take, where nothing must exist for it. */
export const buyersPayloads: Readonly<Record<string, object>> = {
  setContact: { email: 'buyer@example.org' },
  requestBookingLink: { email: 'nobody@example.org' },
  openBookingLink: { token: 'mlt_unknown' },
  claimBuyer: { token: anybody },
};

let count = 0;

async function mailedLink({ person }: Stage, buyer: Buyer): Promise<string> {
  count += 1;
  const email = `finds-${count}@example.org`;
  await buyer.send({ method: 'PUT', url: CONTACT, body: { email } });
  await person.send({ method: 'POST', path: '/booking-links', body: { email } });
  return person.mailedToken(email, 1);
}

async function untilTooMany(person: Person, path: string, body: object): Promise<LightMyRequestResponse> {
  const request = { method: 'POST', path, body, from: freshAddress() } as const;
  let answer = await person.send(request);
  for (let times = 0; times < 110 && answer.statusCode !== 429; times += 1) answer = await person.send(request);
  return answer;
}

const claim = (person: Person, token: string, of: string): Promise<LightMyRequestResponse> =>
  person.send({ method: 'POST', path: CLAIMS, body: { token: of }, token });

export const buyersCases: Cases = {
  listBuyerBookings: { 200: (_stage, buyer) => buyer.send({ method: 'GET', url: '/api/v1/buyer-sessions/me/bookings' }) },
  listClaimedBookings: {
    200: async ({ person }) => person.send({ method: 'GET', path: '/users/me/bookings', token: (await person.signedIn()).access_token }),
  },
  setContact: { 200: (_stage, buyer) => buyer.send({ method: 'PUT', url: CONTACT, body: { email: 'buyer@example.org' } }) },
  readContact: {
    200: async (_stage, buyer) => {
      await buyer.send({ method: 'PUT', url: CONTACT, body: { email: 'buyer@example.org' } });
      return buyer.send({ method: 'GET', url: CONTACT });
    },
    404: (_stage, buyer) => buyer.send({ method: 'GET', url: CONTACT }),
  },
  forgetContact: { 204: (_stage, buyer) => buyer.send({ method: 'DELETE', url: CONTACT }) },
  requestBookingLink: {
    202: ({ person }) => person.send({ method: 'POST', path: '/booking-links', body: { email: 'nobody@example.org' } }),
    429: ({ person }) => untilTooMany(person, '/booking-links', { email: 'asked-for@example.org' }),
  },
  openBookingLink: {
    200: async (stage, buyer) => {
      const body = { token: await mailedLink(stage, buyer) };
      return stage.person.send({ method: 'POST', path: '/booking-links/open', body });
    },
    422: ({ person }) => person.send({ method: 'POST', path: '/booking-links/open', body: { token: 'mlt_other' } }),
    429: ({ person }) => untilTooMany(person, '/booking-links/open', { token: 'mlt_guessed' }),
  },
  claimBuyer: {
    200: async ({ person }, buyer) => {
      const { access_token: token } = await person.signedIn();
      await claim(person, token, buyer.token);
      return claim(person, token, buyer.token);
    },
    201: async ({ person }, buyer) => claim(person, (await person.signedIn()).access_token, buyer.token),
    409: async ({ person }, buyer) => {
      await claim(person, (await person.signedIn()).access_token, buyer.token);
      return claim(person, (await person.signedIn()).access_token, buyer.token);
    },
  },
  renewClaimedSessions: {
    200: async ({ person }, buyer) => {
      const { access_token: token } = await person.signedIn();
      await claim(person, token, buyer.token);
      return person.send({ method: 'POST', path: `${CLAIMS}/tokens`, token });
    },
  },
  letGoOfBuyer: {
    204: async ({ person }, buyer) => {
      const { access_token: token } = await person.signedIn();
      const { id } = (await claim(person, token, buyer.token)).json<{ id: string }>();
      return person.send({ method: 'DELETE', path: `${CLAIMS}/${id}`, token });
    },
    404: async ({ person }) => {
      const { access_token: token } = await person.signedIn();
      return person.send({ method: 'DELETE', path: `${CLAIMS}/clm_01kjw8x9v3e8aa7m2zq5r4t6yb`, token });
    },
  },
};
