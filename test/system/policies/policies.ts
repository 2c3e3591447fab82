import type { Audience } from '../../../apps/server/src/platform/http/index.ts';
import { ROLES, type Role } from '../houses.ts';

/** Whom a route is for, or which members may. */
export type Policy = Audience | readonly Role[];

const HEADS: readonly Role[] = ['owner', 'admin'];
const MANAGERS: readonly Role[] = ['owner', 'admin', 'manager'];

/**
 * Every route and whom it is for: written down here a second time, so that a change of a policy is a change of two places.
 * Routes go by the name of their operation, those that are in no document by method and path.
 */
export const POLICIES: Readonly<Record<string, Policy>> = {
  issueBuyerSession: 'public',
  signUp: 'public',
  verifyEmail: 'public',
  signIn: 'public',
  askForPasskeySignIn: 'public',
  signInWithPasskey: 'public',
  refreshSession: 'public',
  requestPasswordReset: 'public',
  resetPassword: 'public',
  requestBookingLink: 'public',
  openBookingLink: 'public',
  listEvents: 'public',
  readEvent: 'public',
  readAudit: 'public',
  quoteBasket: 'public',
  readOrganizationBySlug: 'public',
  listPictures: 'public',
  readLive: 'public',
  readReady: 'public',
  'GET /metrics': 'public',
  'GET /openapi.json': 'public',
  'GET /': 'public',
  'GET /events/{id}': 'public',
  'GET /events/{id}/audit': 'public',
  'GET /pictures/{name}.svg': 'public',
  'GET /assets/{name}': 'public',

  listBuyerBookings: 'buyer',
  setContact: 'buyer',
  readContact: 'buyer',
  forgetContact: 'buyer',
  placeBooking: 'buyer',
  readBooking: 'buyer',
  extendBooking: 'buyer',
  releaseBooking: 'buyer',
  confirmBooking: 'buyer',
  cancelBooking: 'buyer',
  offerTickets: 'buyer',
  withdrawOffers: 'buyer',

  readMe: 'person_or_key',
  changeMe: 'person',
  listSessions: 'person',
  endAllSessions: 'person',
  endSession: 'person',
  setUpSecondFactor: 'person',
  removeSecondFactor: 'person',
  confirmSecondFactor: 'person',
  listPersonalKeys: 'person',
  createPersonalKey: 'person',
  revokePersonalKey: 'person',
  askForPasskey: 'person',
  addPasskey: 'person',
  listPasskeys: 'person',
  removePasskey: 'person',
  listClaimedBookings: 'person',
  claimBuyer: 'person',
  renewClaimedSessions: 'person',
  letGoOfBuyer: 'person',
  listOwnOrganizations: 'person',
  acceptInvitation: 'person',
  createOrganization: 'founder',

  listOperators: 'operator',
  listAllOrganizations: 'operator',

  'POST /internal/bookings/{id}/confirm': 'secret',
  'POST /internal/bookings/{id}/cancel': 'secret',

  readOrganization: ROLES,
  changeOrganization: HEADS,
  listMembers: MANAGERS,
  changeMember: HEADS,
  // Everybody may leave: of somebody who is no member they only hear that.
  removeMember: ROLES,
  inviteMember: HEADS,
  listInvitations: MANAGERS,
  withdrawInvitation: HEADS,
  listActions: ['owner', 'admin', 'analyst'],
  purgeTestData: HEADS,
  createEvent: MANAGERS,
  duplicateEvent: MANAGERS,
  readConsequences: ROLES,
  readSale: ROLES,
  changeSale: MANAGERS,
  listTicketTypes: ROLES,
  createTicketType: MANAGERS,
  changeTicketType: MANAGERS,
  setAside: ['owner', 'admin', 'manager', 'box_office'],
  listQuotas: ROLES,
  createQuota: MANAGERS,
  changeQuota: MANAGERS,
  listPromoCodes: MANAGERS,
  createPromoCode: MANAGERS,
  changePromoCode: MANAGERS,
  listOrganizationKeys: HEADS,
  createOrganizationKey: HEADS,
  revokeOrganizationKey: HEADS,
  changeProfile: HEADS,
  listVenues: ROLES,
  createVenue: MANAGERS,
  readVenue: ROLES,
  changeVenue: MANAGERS,
  archiveVenue: MANAGERS,
  listOrganizerEvents: ROLES,
  readOrganizerEvent: ROLES,
  changeEvent: MANAGERS,
  listQuestions: ROLES,
  createQuestion: MANAGERS,
  changeQuestion: MANAGERS,
  archiveQuestion: MANAGERS,
};

/** What no key may, whatever its scopes. */
export const NOT_BY_KEYS: ReadonlySet<string> = new Set([
  'changeMember',
  'removeMember',
  'inviteMember',
  'withdrawInvitation',
  'createOrganizationKey',
  'revokeOrganizationKey',
]);

/** What a test key may in an organization whose events are live. */
export const BY_TEST_KEYS: ReadonlySet<string> = new Set([
  'readOrganization',
  'listMembers',
  'listInvitations',
  'listActions',
  'listOrganizationKeys',
  'purgeTestData',
  'createEvent',
  'listVenues',
  'readVenue',
  'listOrganizerEvents',
]);

/** How the document says the same. */
export const DOCUMENTED: Readonly<Record<Audience | 'member', readonly string[]>> = {
  public: [],
  buyer: ['buyerSession'],
  person: ['accessToken'],
  person_or_key: ['accessToken', 'apiKey'],
  founder: ['accessToken', 'platformSecret'],
  operator: ['accessToken'],
  secret: [],
  member: ['accessToken', 'apiKey', 'platformSecret'],
};
