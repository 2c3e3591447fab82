import type { LightMyRequestResponse } from 'fastify';
import { freshKey, type Buyer } from './buyer.ts';
import { accountCases, accountPayloads } from './account-cases.ts';
import { attendeeCases, attendeePayloads } from './attendee-cases.ts';
import { paperCases } from './paper-cases.ts';
import { buyersCases, buyersPayloads } from './buyers-cases.ts';
import type { DocumentedAnswer } from './document.ts';
import { doorCases, doorPayloads } from './door-cases.ts';
import { keyCases, keyPayloads } from './key-cases.ts';
import { organizationCases, organizationPayloads } from './organization-cases.ts';
import { operatorCases } from './operator-cases.ts';
import { offerBodies, offerCases } from './offer-cases.ts';
import { paymentCases, paymentPayloads } from './payment-cases.ts';
import { passkeyCases, passkeyPayloads } from './passkey-cases.ts';
import { ticketCases, ticketPayloads } from './ticket-cases.ts';
import { wordsCases, wordsPayloads } from './words-cases.ts';
import type { Cases, Provoke } from './provoke.ts';
import { sellingBodies } from './selling.ts';
import { sellingCases } from './selling-cases.ts';
import type { Stage } from './stage.ts';

const reusedKey =
  (action: string): Provoke =>
  async (_stage, buyer) => {
    const key = freshKey();
    const isCancel = action === 'cancel';
    await buyer.act(await buyer.placed({ confirm: isCancel }), action, { key });
    return buyer.act(await buyer.placed({ confirm: isCancel }), action, { key });
  };

/** What an operation alone can answer. What all of them answer alike is in `commonCase`. */
const cases: Cases = {
  ...accountCases,
  ...paperCases,
  ...organizationCases,
  ...sellingCases,
  ...buyersCases,
  ...attendeeCases,
  ...keyCases,
  ...passkeyCases,
  ...operatorCases,
  ...offerCases,
  ...wordsCases,
  ...ticketCases,
  ...paymentCases,
  ...doorCases,
  issueBuyerSession: { 201: (stage) => stage.real.inject({ method: 'POST', url: '/api/v1/buyer-sessions' }) },
  listEvents: {
    200: (stage) => stage.real.inject('/api/v1/events'),
    304: (stage) => unchanged(stage, '/api/v1/events'),
  },
  readEvent: {
    200: (stage) => stage.real.inject(`/api/v1/events/${stage.eventId}`),
    304: (stage) => unchanged(stage, `/api/v1/events/${stage.eventId}`),
    404: (stage) => stage.real.inject(`/api/v1/events/${stage.unknownEventId}`),
  },
  quoteBasket: {
    200: (stage) => quote(stage, { ticket_type_id: stage.types.paid, quantity: 2 }),
    404: (stage) => quote(stage, { ticket_type_id: stage.types.unknown, quantity: 2 }, stage.unknownEventId),
    409: (stage) => quote(stage, { ticket_type_id: stage.types.soldOut, quantity: 1 }),
    422: (stage) => quote(stage, { ticket_type_id: stage.types.paid, quantity: 2, unit_price_minor: 1 }),
  },
  readAudit: {
    200: (stage) => stage.real.inject(`/api/v1/events/${stage.eventId}/audit?full=true`),
    404: (stage) => stage.real.inject(`/api/v1/events/${stage.unknownEventId}/audit`),
  },
  readLive: { 200: (stage) => stage.real.inject('/health/live') },
  readReady: { 200: (stage) => stage.real.inject('/health/ready') },
  placeBooking: {
    200: async (_stage, buyer) => {
      const key = freshKey();
      await buyer.place({ key });
      return buyer.place({ key });
    },
    201: (_stage, buyer) => buyer.place({ type: 'paid', quantity: 2 }),
    402: (_stage, buyer) => buyer.place({ type: 'paid', confirm: true }),
    404: ({ unknownEventId, types }, buyer) => {
      const body = { event_id: unknownEventId, lines: [{ ticket_type_id: types.unknown, quantity: 1 }] };
      return buyer.send({ method: 'POST', url: '/api/v1/bookings', body, key: freshKey() });
    },
    409: (_stage, buyer) => buyer.place({ type: 'soldOut' }),
    422: async (_stage, buyer) => {
      const key = freshKey();
      await buyer.place({ key });
      return buyer.place({ key, quantity: 2 });
    },
  },
  readBooking: {
    200: async (_stage, buyer) => buyer.send({ method: 'GET', url: `/api/v1/bookings/${await buyer.placed()}` }),
    404: ({ unknownBookingId }, buyer) => buyer.send({ method: 'GET', url: `/api/v1/bookings/${unknownBookingId}` }),
  },
  extendBooking: {
    200: async (_stage, buyer) => buyer.act(await buyer.placed(), 'extend', { body: { seconds: 60 } }),
    404: ({ unknownBookingId }, buyer) => buyer.act(unknownBookingId, 'extend'),
    409: async (_stage, buyer) => {
      const id = await buyer.placed();
      await buyer.act(id, 'extend');
      return buyer.act(id, 'extend');
    },
    422: reusedKey('extend'),
  },
  releaseBooking: {
    200: async (_stage, buyer) => buyer.act(await buyer.placed(), 'release'),
    404: ({ unknownBookingId }, buyer) => buyer.act(unknownBookingId, 'release'),
    409: async (_stage, buyer) => buyer.act(await buyer.placed({ confirm: true }), 'release'),
    422: reusedKey('release'),
  },
  confirmBooking: {
    200: async (_stage, buyer) => buyer.act(await buyer.placed(), 'confirm'),
    402: async (_stage, buyer) => buyer.act(await buyer.placed({ type: 'paid' }), 'confirm'),
    404: ({ unknownBookingId }, buyer) => buyer.act(unknownBookingId, 'confirm'),
    409: async (_stage, buyer) => {
      const id = await buyer.placed();
      await buyer.act(id, 'release');
      return buyer.act(id, 'confirm');
    },
    422: reusedKey('confirm'),
  },
  cancelBooking: {
    200: async (_stage, buyer) => buyer.act(await buyer.placed({ confirm: true }), 'cancel'),
    403: async (stage, buyer) => {
      const id = await buyer.placed({ type: 'paid' });
      await stage.pay(id);
      return buyer.act(id, 'cancel');
    },
    404: ({ unknownBookingId }, buyer) => buyer.act(unknownBookingId, 'cancel'),
    409: async (_stage, buyer) => buyer.act(await buyer.placed(), 'cancel'),
    422: reusedKey('cancel'),
  },
};

/** How to provoke a documented answer, or null if nobody has written that down. */
export function caseOf(answer: DocumentedAnswer): Provoke | null {
  return cases[answer.operationId]?.[answer.status] ?? commonCase(answer);
}

function commonCase(answer: DocumentedAnswer): Provoke | null {
  switch (answer.status) {
    case 400:
      return (stage) => stage.real.inject({ method: methodOf(answer), url: `${urlOf(answer, stage)}?x=%00` });
    case 401:
      return (stage) => stage.real.inject({ method: methodOf(answer), url: urlOf(answer, stage), ...payloadOf(answer, stage) });
    case 413:
      return (stage) => send(answer, stage, 'application/json', `"${'a'.repeat(70_000)}"`);
    case 415:
      return (stage) => send(answer, stage, 'text/plain', 'a');
    case 500:
      return (stage, buyer) => failing(answer, stage, buyer, 'bug');
    case 503:
      return (stage, buyer) => failing(answer, stage, buyer, 'away');
    default:
      return null;
  }
}

async function failing(answer: DocumentedAnswer, stage: Stage, buyer: Buyer, server: 'bug' | 'away'): Promise<LightMyRequestResponse> {
  const body = payloadOf(answer, stage).payload;
  const url = urlOf(answer, stage);
  if (/\/(?:users\/me|organizations|invitations|operator)/.test(answer.path)) {
    const { access_token: token } = await stage.person.signedIn();
    return stage[server].inject({
      method: methodOf(answer),
      url,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { payload: body }),
    });
  }
  return buyer.send({ method: methodOf(answer), url, key: freshKey(), to: stage[server], ...(body !== undefined && { body }) });
}

function send(answer: DocumentedAnswer, stage: Stage, type: string, payload: string): Promise<LightMyRequestResponse> {
  return stage.real.inject({ method: methodOf(answer), url: urlOf(answer, stage), headers: { 'content-type': type }, payload });
}

function quote(stage: Stage, line: object, eventId = stage.eventId): Promise<LightMyRequestResponse> {
  return stage.real.inject({ method: 'POST', url: `/api/v1/events/${eventId}/quotes`, payload: { lines: [line] } });
}

async function unchanged(stage: Stage, url: string): Promise<LightMyRequestResponse> {
  const first = await stage.real.inject(url);
  return stage.real.inject({ method: 'GET', url, headers: { 'if-none-match': String(first.headers.etag) } });
}

function methodOf({ method }: DocumentedAnswer): 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' {
  return method === 'POST' || method === 'PUT' || method === 'PATCH' || method === 'DELETE' ? method : 'GET';
}

function urlOf({ path }: DocumentedAnswer, stage: Stage): string {
  if (path.includes('/organizations/')) return organizationUrl(path);
  if (path.includes('/buyer-sessions/')) return path.replace('{id}', 'clm_01kjw8x9v3e8aa7m2zq5r4t6yb');
  if (path.includes('/api-keys/')) return path.replace('{id}', 'key_01kjw8x9v3e8aa7m2zq5r4t6yb');
  if (path.includes('/passkeys/')) return path.replace('{id}', 'psk_01kjw8x9v3e8aa7m2zq5r4t6yb');
  if (path.includes('/sessions/')) return path.replace('{id}', 'ses_01kjw8x9v3e8aa7m2zq5r4t6yb');
  if (path.includes('/tickets/')) return path.replace('{id}', `${stage.unknownBookingId.replace('bkg', 'tkt')}001`);
  return path.replace('{id}', path.includes('/bookings/') ? stage.unknownBookingId : stage.eventId);
}

function organizationUrl(path: string): string {
  const unknown = '01kjw8x9v3e8aa7m2zq5r4t6yb';
  return path
    .replace('{booking_id}', `bkg_${unknown}${unknown}`)
    .replace('{key_id}', `key_${unknown}`)
    .replace('{id}', `org_${unknown}`)
    .replace('{person_id}', `per_${unknown}`)
    .replace('{invitation_id}', `inv_${unknown}`)
    .replace('{venue_id}', `ven_${unknown}`)
    .replace('{question_id}', `que_${unknown}${unknown}`)
    .replace('{slug}', 'nobody')
    .replace('{event_id}', `evt_${unknown}`)
    .replace('{ticket_type_id}', `typ_${unknown}${unknown}`)
    .replace('{ticket_id}', `tkt_${unknown}${unknown}001`)
    .replace('{booking_id}', `bkg_${unknown}${unknown}`)
    .replace('{run_id}', `rfr_${unknown}${unknown}`)
    .replace('/door-search', '/door-search?q=ada')
    .replace('{gate_id}', `gat_${unknown}${unknown}`)
    .replace('{scan_id}', '00000000-0000-4000-8000-000000000000')
    .replace('{code}', 'HALF')
    .replace('{quota_id}', `quo_${unknown}${unknown}`);
}

const payloads: Readonly<Record<string, object>> = {
  ...accountPayloads,
  ...organizationPayloads,
  ...keyPayloads,
  ...sellingBodies,
  ...buyersPayloads,
  ...offerBodies,
  ...attendeePayloads,
  ...passkeyPayloads,
  ...wordsPayloads,
  ...ticketPayloads,
  ...paymentPayloads,
  ...doorPayloads,
};

function payloadOf(answer: DocumentedAnswer, stage: Stage): { payload?: object } {
  const ofPeople = payloads[answer.operationId];
  if (ofPeople) return { payload: ofPeople };
  const lines = [{ ticket_type_id: stage.types.free, quantity: 1 }];
  if (answer.operationId === 'quoteBasket') return { payload: { lines } };
  if (answer.operationId !== 'placeBooking') return {};
  return { payload: { event_id: stage.eventId, lines } };
}
