import { randomUUID } from 'node:crypto';
import { PASSWORD } from '../contract/person.ts';
import { quotaBody, sellingBodies } from '../contract/selling.ts';
import { newBuyerToken } from './callers.ts';
import { idOf, type Scene } from './scene.ts';

type Params = Readonly<Record<string, string>>;

/** How a route is asked for something that whoever may is given. */
export type Ask = {
  /** The status of what whoever may hears; of nothing that is not there, 404. */
  right: number;
  body?(scene: Scene): object | Promise<object>;
  query?: string;
  /** What the path names, beyond the scene's own; made once for all who ask. */
  params?(scene: Scene): Params | Promise<Params>;
  /** Whose it is what the path names, by the caller's name: to others who may come in it is not there. */
  of?: string;
  /** Whoever does it can ask nothing afterwards: it is done by somebody new. */
  isLast?: true;
  /** A password is hashed for it: three who may are enough. */
  isSlow?: true;
};

const BUYER = 'a buyer';
const PERSON = 'a person';
const NOON = '2026-11-21T12:00:00Z';
const NOWHERE = '01kjw8x9v3e8aa7m2zq5r4t6yb';

let count = 0;
const fresh = (): string => {
  count += 1;
  return `n${count}`;
};
const anEmail = (): string => `${fresh()}@somewhere.example`;
const toOpenEvent = ({ open }: Scene): Params => ({ id: open.eventId });
const basket = ({ open }: Scene) => ({ lines: [{ ticket_type_id: open.ticketTypeId, quantity: 1 }] });

async function booking(scene: Scene): Promise<Params> {
  const body = { event_id: scene.open.eventId, ...basket(scene) };
  return { id: await idOf(scene.send({ method: 'POST', path: '/api/v1/bookings', token: scene.tokenOf(BUYER), body })) };
}

async function ofPerson(scene: Scene, path: string, body: object): Promise<Params> {
  return { id: await idOf(scene.send({ method: 'POST', path: `/api/v1/users/me/${path}`, token: scene.tokenOf(PERSON), body })) };
}

/** Another session of the person who asks. */
async function session(scene: Scene): Promise<Params> {
  const me = await scene.send({ method: 'GET', path: '/api/v1/users/me', token: scene.tokenOf(PERSON) });
  const body = { email: me.json<{ email: string }>().email, password: PASSWORD };
  const opened = await scene.send({ method: 'POST', path: '/api/v1/sessions', token: null, body });
  return { id: opened.json<{ session_id: string }>().session_id };
}

const shownPasskey = {
  ...{ id: 'AAAA', type: 'public-key' },
  response: {
    clientDataJSON: Buffer.from('{"type":"webauthn.get","challenge":"AAAA","origin":"http://localhost:8080"}').toString('base64url'),
    ...{ authenticatorData: 'AAAA', signature: 'AAAA', userHandle: 'AAAA' },
  },
};
const newPasskey = {
  ...{ id: 'AAAA', type: 'public-key' },
  response: { clientDataJSON: shownPasskey.response.clientDataJSON, attestationObject: 'AAAA' },
};

const PUBLIC: Readonly<Record<string, Ask>> = {
  issueBuyerSession: { right: 201 },
  signUp: { right: 202, isSlow: true, body: () => ({ email: anEmail(), password: PASSWORD, name: 'Somebody' }) },
  verifyEmail: { right: 422, body: () => ({ token: 'mlt_unknown', password: PASSWORD }) },
  signIn: { right: 401, isSlow: true, body: () => ({ email: anEmail(), password: PASSWORD }) },
  askForPasskeySignIn: { right: 201, body: () => ({}) },
  signInWithPasskey: { right: 401, body: () => ({ credential: shownPasskey }) },
  refreshSession: { right: 401, body: () => ({ refresh_token: 'rft_unknown' }) },
  requestPasswordReset: { right: 202, body: () => ({ email: anEmail() }) },
  resetPassword: { right: 422, body: () => ({ token: 'mlt_unknown', password: PASSWORD }) },
  requestBookingLink: { right: 202, body: () => ({ email: anEmail() }) },
  openBookingLink: { right: 422, body: () => ({ token: 'mlt_unknown' }) },
  listEvents: { right: 200 },
  readEvent: { right: 200, params: toOpenEvent },
  readAudit: { right: 200, params: toOpenEvent },
  readTicketKeys: { right: 200, params: toOpenEvent },
  readEventCalendar: { right: 200, params: toOpenEvent },
  quoteBasket: { right: 200, params: toOpenEvent, body: basket },
  readOrganizationBySlug: { right: 200, params: () => ({ slug: 'house-1' }) },
  listPictures: { right: 200 },
  readRefundPolicy: { right: 200, params: toOpenEvent },
  readMoneyAudit: { right: 200, params: toOpenEvent },
  readLive: { right: 200 },
  readReady: { right: 200 },
  'GET /metrics': { right: 200 },
  'GET /openapi.json': { right: 200 },
  'GET /': { right: 200 },
  'GET /find-tickets': { right: 200 },
  'GET /accept-ticket': { right: 200 },
  'GET /bookings/{id}': { right: 200, params: booking },
  'GET /tickets/{id}': { right: 200, params: ticket },
  'GET /events/{id}': { right: 200, params: toOpenEvent },
  'GET /events/{id}/audit': { right: 200, params: toOpenEvent },
  'GET /pictures/{name}.svg': { right: 200, params: () => ({ name: 'night' }) },
  'GET /assets/{name}': { right: 200, params: () => ({ name: 'event.js' }) },
};

const BUYERS: Readonly<Record<string, Ask>> = {
  listBuyerBookings: { right: 200 },
  setContact: { right: 200, body: () => ({ email: anEmail() }) },
  readContact: { right: 200 },
  forgetContact: { right: 204 },
  placeBooking: { right: 201, body: (scene) => ({ event_id: scene.open.eventId, ...basket(scene) }) },
  readBooking: { right: 200, params: booking, of: BUYER },
  extendBooking: { right: 200, params: booking, of: BUYER, body: () => ({ seconds: 60 }) },
  releaseBooking: { right: 200, params: booking, of: BUYER },
  confirmBooking: { right: 200, params: booking, of: BUYER },
  // What is only held is released.
  cancelBooking: { right: 409, params: booking, of: BUYER },
  offerTickets: { right: 409, params: booking, of: BUYER, body: () => ({ ticket_numbers: [1] }) },
  withdrawOffers: { right: 200, params: booking, of: BUYER, body: () => ({ ticket_numbers: [1] }) },
  readAttendees: { right: 200, params: booking, of: BUYER },
  setAttendees: { right: 200, params: booking, of: BUYER, body: () => ({ tickets: [{ number: 1, name: fresh() }] }) },
  // It is free, and nobody asks.
  beginPayment: { right: 409, params: booking, of: BUYER },
  readPayment: { right: 200, params: booking, of: BUYER },
  refundByBuyer: { right: 409, params: booking, of: BUYER },
  readRefundChoice: { right: 404, params: booking },
  chooseRefund: { right: 404, params: booking, body: () => ({ choice: 'keep' }) },
  'POST /webhooks/payments': { right: 200, body: () => ({ type: 'intent.succeeded' }) },
  'POST /internal/bookings/{id}/confirm': { right: 200, params: booking },
  'POST /internal/bookings/{id}/cancel': { right: 409, params: booking },
};

/** A free ticket of the buyer who asks. */
async function ticket(scene: Scene): Promise<Params> {
  const body = { event_id: scene.open.eventId, ...basket(scene), confirm: true };
  const bookingId = await idOf(scene.send({ method: 'POST', path: '/api/v1/bookings', token: scene.tokenOf(BUYER), body }));
  return { id: `tkt${bookingId.slice(3)}001` };
}

async function offeredTicket(scene: Scene): Promise<Params> {
  const params = await ticket(scene);
  await scene.send({ method: 'POST', path: `/api/v1/tickets/${params['id']}/transfer`, token: scene.tokenOf(BUYER) });
  return params;
}

async function bookingWithTicket(scene: Scene): Promise<Params> {
  const { id = '' } = await ticket(scene);
  return { id: `bkg${id.slice(3, -3)}` };
}

const HOLDERS: Readonly<Record<string, Ask>> = {
  listBookingTickets: { right: 200, params: booking, of: BUYER },
  readTicket: { right: 200, params: ticket, of: BUYER },
  reissueTicket: { right: 200, params: ticket, of: BUYER },
  offerTicket: { right: 201, params: ticket, of: BUYER, body: () => ({ email: anEmail() }) },
  withdrawOffer: { right: 204, params: offeredTicket, of: BUYER },
  printBookingTickets: { right: 200, params: bookingWithTicket, of: BUYER },
  printTicket: { right: 200, params: ticket, of: BUYER },
  printReceipt: { right: 200, params: bookingWithTicket, of: BUYER },
  readBookingCalendar: { right: 200, params: bookingWithTicket, of: BUYER },
  acceptTicket: { right: 422, body: () => ({ token: 'tft_unknown' }) },
};

const PERSONS: Readonly<Record<string, Ask>> = {
  readMe: { right: 200 },
  changeMe: { right: 200, body: () => ({ name: 'Somebody else' }) },
  listSessions: { right: 200 },
  endAllSessions: { right: 204, isLast: true },
  endSession: { right: 204, params: session, of: PERSON },
  setUpSecondFactor: { right: 201, body: () => ({ password: PASSWORD }), isLast: true },
  confirmSecondFactor: { right: 409, body: () => ({ code: '000000' }) },
  removeSecondFactor: { right: 409, isLast: true },
  listPersonalKeys: { right: 200 },
  createPersonalKey: { right: 201, isSlow: true, body: () => ({ name: 'A key', scopes: [], password: PASSWORD }) },
  revokePersonalKey: {
    right: 204,
    params: (scene) => ofPerson(scene, 'api-keys', { name: 'A key', scopes: [], password: PASSWORD }),
    of: PERSON,
  },
  askForPasskey: { right: 201, body: () => ({ password: PASSWORD }), isLast: true },
  addPasskey: { right: 422, body: () => ({ name: 'Telephone', credential: newPasskey }), isLast: true },
  listPasskeys: { right: 200 },
  removePasskey: { right: 404, params: () => ({ id: `psk_${NOWHERE}` }) },
  listClaimedBookings: { right: 200 },
  claimBuyer: { right: 201, body: async ({ houses }) => ({ token: await newBuyerToken(houses) }) },
  renewClaimedSessions: { right: 200, body: () => ({}) },
  letGoOfBuyer: {
    right: 204,
    params: async (scene) => ofPerson(scene, 'buyer-sessions', { token: await newBuyerToken(scene.houses) }),
    of: PERSON,
  },
  listOwnOrganizations: { right: 200 },
  acceptInvitation: { right: 422, body: () => ({ token: 'inv_unknown' }) },
  createOrganization: { right: 201, body: () => ({ name: 'Another house', slug: `another-${fresh()}` }) },
  listOperators: { right: 200 },
  listAllOrganizations: { right: 200 },
  listPaymentNotices: { right: 200 },
};

const MEMBERS: Readonly<Record<string, Ask>> = {
  // Of a booking that is not there.
  printTicketsForHolders: { right: 404 },
  printReceiptForBuyer: { right: 404 },
  readOrganization: { right: 200 },
  changeOrganization: { right: 200, body: () => ({ name: `House ${fresh()}` }) },
  listMembers: { right: 200 },
  // Nobody and nothing: who may do it is told that it is not there.
  changeMember: { right: 404, body: () => ({ role: 'scanner' }) },
  removeMember: { right: 404 },
  inviteMember: { right: 201, body: () => ({ email: anEmail(), role: 'scanner' }) },
  listInvitations: { right: 200 },
  withdrawInvitation: { right: 404 },
  listActions: { right: 200 },
  purgeTestData: { right: 200 },
  createEvent: { right: 201, body: () => sellingBodies['createEvent']! },
  duplicateEvent: { right: 201, body: () => sellingBodies['duplicateEvent']! },
  readConsequences: { right: 200, query: 'of=cancel' },
  readSale: { right: 200 },
  changeSale: { right: 200, body: () => sellingBodies['changeSale']! },
  listTicketTypes: { right: 200 },
  createTicketType: { right: 201, body: () => sellingBodies['createTicketType']! },
  changeTicketType: { right: 200, body: () => sellingBodies['changeTicketType']! },
  setAside: { right: 200, body: () => sellingBodies['setAside']! },
  listQuotas: { right: 200 },
  createQuota: { right: 201, body: ({ sold }) => ({ ...quotaBody, ticket_type_ids: [sold.ticketTypeId] }) },
  changeQuota: { right: 200, body: () => sellingBodies['changeQuota']! },
  listPromoCodes: { right: 200 },
  createPromoCode: { right: 201, body: () => ({ ...sellingBodies['createPromoCode'], code: fresh().toUpperCase() }) },
  changePromoCode: { right: 200, body: () => sellingBodies['changePromoCode']! },
  listEventBookings: { right: 200 },
  readEventBooking: { right: 404 },
  refundBooking: { right: 404 },
  cancelOwnBooking: { right: 404 },
  setRefundPolicy: { right: 200, body: () => ({ until_hours_before: 24, percent: 50, keep_fees: true }) },
  endRefundPolicy: { right: 204 },
  // It is not cancelled.
  beginRefundRun: { right: 409, body: () => ({ choice: 'refund_all' }) },
  listRefundRuns: { right: 200 },
  readRefundRun: { right: 404 },
  listRunBookings: { right: 404, query: 'state=failed' },
  readOwnMoneyAudit: { right: 200 },
  readPayouts: { right: 200 },
  listOrganizationKeys: { right: 200 },
  createOrganizationKey: { right: 201, body: () => ({ name: 'A key', scopes: [] }) },
  revokeOrganizationKey: { right: 404 },
  changeProfile: { right: 200, body: () => ({ website: `https://${fresh()}.example` }) },
  listVenues: { right: 200 },
  createVenue: { right: 201, body: () => ({ name: 'Hall', city: 'Graz', time_zone: 'Europe/Vienna' }) },
  readVenue: { right: 200 },
  changeVenue: { right: 200, body: () => ({ name: `Hall ${fresh()}` }) },
  archiveVenue: { right: 204 },
  listOrganizerEvents: { right: 200 },
  readOrganizerEvent: { right: 200 },
  changeEvent: { right: 200, body: () => ({ title: `Evening ${fresh()}` }) },
  listQuestions: { right: 200 },
  createQuestion: { right: 201, body: () => ({ label: 'Meal', kind: 'text' }) },
  changeQuestion: { right: 200, body: () => ({ label: `Meal ${fresh()}` }) },
  archiveQuestion: { right: 204 },
  listAttendees: { right: 200 },
  // Nobody has a ticket of it.
  changeAttendee: { right: 404, body: () => ({ name: fresh() }) },
  exportAttendees: { right: 200 },
  listTickets: { right: 200 },
  // Of a ticket that is not there.
  reissueTicketForHolder: { right: 404 },
  listTicketKeys: { right: 200 },
  rotateTicketKeys: { right: 201, body: () => ({ revoke: false }) },
  // What is no code of a ticket is a scan like any other.
  checkIn: { right: 200, body: () => ({ scan_id: randomUUID(), code: 'unreadable' }) },
  checkInBulk: { right: 200, body: () => ({ device_now: NOON, scans: [{ scan_id: randomUUID(), code: 'unreadable', scanned_at: NOON }] }) },
  undoCheckIn: { right: 404, body: () => ({ reason: 'wrong person' }) },
  listCheckIns: { right: 200 },
  listGates: { right: 200 },
  createGate: { right: 201, body: () => ({ name: `Gate ${fresh()}` }) },
  changeGate: { right: 404, body: () => ({ name: `Gate ${fresh()}` }) },
  archiveGate: { right: 404 },
  readDoorCounts: { right: 200 },
  readDoorList: { right: 200 },
  searchAtDoor: { right: 200, query: 'q=ada' },
  listGuests: { right: 200 },
  // The event is a draft: nothing is sold there.
  addGuest: { right: 409, body: ({ sold }) => ({ name: 'Ada', ticket_type_id: sold.ticketTypeId, quantity: 1 }) },
  sellAtDesk: { right: 409, body: ({ sold }) => ({ lines: [{ ticket_type_id: sold.ticketTypeId, quantity: 1 }], tender: 'cash' }) },
  giveTickets: { right: 409, body: ({ sold }) => ({ lines: [{ ticket_type_id: sold.ticketTypeId, quantity: 1 }], reason: 'press' }) },
};

/** By operation, as the policies. */
export const ASKS: Readonly<Record<string, Ask>> = { ...PUBLIC, ...BUYERS, ...HOLDERS, ...PERSONS, ...MEMBERS };

/** What a path names of the scene. */
export function ownParams({ organization, sold, venue, question, subject }: Scene): Params {
  return {
    id: organization,
    person_id: subject.id,
    invitation_id: `inv_${NOWHERE}`,
    key_id: `key_${NOWHERE}`,
    venue_id: venue,
    question_id: question,
    event_id: sold.eventId,
    ticket_type_id: sold.ticketTypeId,
    quota_id: sold.quotaId,
    code: sold.promoCode,
    ticket_id: `tkt_${sold.eventId.slice(4)}${NOWHERE}001`,
    booking_id: `bkg_${NOWHERE}${NOWHERE}`,
    run_id: `rfr_${NOWHERE}${NOWHERE}`,
    gate_id: `gat_${sold.eventId.slice(4)}${NOWHERE}`,
    scan_id: randomUUID(),
  };
}
