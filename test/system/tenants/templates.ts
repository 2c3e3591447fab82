/** A request with slots for ids: `{{venue}}` is a venue. Whose they are is chosen when it is sent. */
export type Template = { name: string; path: string; body?: object };

const pricing = {
  rounding: { mode: 'half_even', per: 'booking' },
  fees: [{ kind: 'percent', name: 'Service', rate_ppm: 50_000, on_free: false, ticket_type_ids: ['{{type}}'] }],
  taxes: [{ name: 'VAT', rate_ppm: 200_000, included: false, on_fees: true, ticket_type_ids: ['{{hidden}}'] }],
};
const [ORG, EVENT, ME] = ['/api/v1/organizations/{{org}}', '/api/v1/organizations/{{org}}/events/{{event}}', '/api/v1/users/me'];
const planned = {
  ...{ title: 'Evening', venue: { name: 'Hall', city: 'Vienna' }, time_zone: 'Europe/Vienna', currency: 'EUR' },
  ...{ starts_at: '2099-05-01T18:00:00Z', ends_at: '2099-05-01T21:00:00Z' },
};
const basket = { lines: [{ ticket_type_id: '{{openType}}', quantity: 1 }] };
const seat = { name: 'Seat', price_minor: 100, capacity: 10 };
const addOn = { add_on: { ticket_type_ids: ['{{type}}'], per_ticket: 1 } };

/** Every route that names something, wherever it may name it. */
export const TEMPLATES: readonly Template[] = [
  { name: 'readEvent', path: '/api/v1/events/{{event}}' },
  { name: 'listEvents', path: '/api/v1/events?starting_after={{event}}' },
  { name: 'readAudit', path: '/api/v1/events/{{event}}/audit' },
  { name: 'quoteBasket', path: '/api/v1/events/{{event}}/quotes', body: { lines: [{ ticket_type_id: '{{type}}', quantity: 1 }] } },
  { name: 'quoteBasket', path: '/api/v1/events/{{event}}/quotes', body: { ...basket, access_code: '{{access}}' } },
  { name: 'GET /events/{id}', path: '/events/{{event}}' },
  { name: 'GET /events/{id}/audit', path: '/events/{{event}}/audit' },

  { name: 'placeBooking', path: '/api/v1/bookings', body: { event_id: '{{event}}', ...basket } },
  { name: 'placeBooking', path: '/api/v1/bookings', body: { event_id: '{{event}}', lines: [{ ticket_type_id: '{{type}}', quantity: 1 }] } },
  { name: 'listBuyerBookings', path: '/api/v1/buyer-sessions/me/bookings?starting_after={{booking}}' },
  { name: 'readBooking', path: '/api/v1/bookings/{{booking}}' },
  { name: 'readBooking', path: '/api/v1/bookings/{{confirmed}}' },
  { name: 'readBooking', path: '/api/v1/bookings/{{draftBooking}}' },
  { name: 'extendBooking', path: '/api/v1/bookings/{{booking}}/extend', body: { seconds: 60 } },
  { name: 'releaseBooking', path: '/api/v1/bookings/{{booking}}/release' },
  { name: 'releaseBooking', path: '/api/v1/bookings/{{draftBooking}}/release' },
  { name: 'confirmBooking', path: '/api/v1/bookings/{{booking}}/confirm' },
  { name: 'offerTickets', path: '/api/v1/bookings/{{confirmed}}/offers', body: { ticket_numbers: [1] } },
  { name: 'withdrawOffers', path: '/api/v1/bookings/{{confirmed}}/offers/withdraw', body: { ticket_numbers: [1] } },
  { name: 'cancelBooking', path: '/api/v1/bookings/{{confirmed}}/cancel' },

  { name: 'endSession', path: `${ME}/sessions/{{session}}` },
  { name: 'revokePersonalKey', path: `${ME}/api-keys/{{ownKey}}` },
  { name: 'revokePersonalKey', path: `${ME}/api-keys/{{orgKey}}` },
  { name: 'removePasskey', path: `${ME}/passkeys/{{passkey}}` },
  { name: 'letGoOfBuyer', path: `${ME}/buyer-sessions/{{claim}}` },
  { name: 'listClaimedBookings', path: `${ME}/bookings?starting_after={{confirmed}}` },
  { name: 'listAllOrganizations', path: '/api/v1/operator/organizations?starting_after={{org}}' },
  { name: 'POST /internal/bookings/{id}/confirm', path: '/internal/bookings/{{booking}}/confirm' },
  { name: 'POST /internal/bookings/{id}/cancel', path: '/internal/bookings/{{confirmed}}/cancel' },

  { name: 'readOrganization', path: ORG },
  { name: 'changeOrganization', path: ORG, body: { name: 'House' } },
  { name: 'listMembers', path: `${ORG}/members` },
  { name: 'changeMember', path: `${ORG}/members/{{person}}`, body: { role: 'analyst' } },
  { name: 'removeMember', path: `${ORG}/members/{{person}}` },
  { name: 'inviteMember', path: `${ORG}/invitations`, body: { email: 'somebody@example.org', role: 'scanner' } },
  { name: 'listInvitations', path: `${ORG}/invitations` },
  { name: 'withdrawInvitation', path: `${ORG}/invitations/{{invitation}}` },
  { name: 'listActions', path: `${ORG}/actions` },
  { name: 'listOrganizationKeys', path: `${ORG}/api-keys` },
  { name: 'createOrganizationKey', path: `${ORG}/api-keys`, body: { name: 'A key', scopes: [] } },
  { name: 'revokeOrganizationKey', path: `${ORG}/api-keys/{{orgKey}}` },
  { name: 'revokeOrganizationKey', path: `${ORG}/api-keys/{{ownKey}}` },
  { name: 'purgeTestData', path: `${ORG}/test-data` },
  { name: 'changeProfile', path: `${ORG}/profile`, body: { website: 'https://house.example' } },
  { name: 'listVenues', path: `${ORG}/venues?archived=true` },
  { name: 'createVenue', path: `${ORG}/venues`, body: { name: 'Hall', city: 'Graz', time_zone: 'Europe/Vienna' } },
  { name: 'readVenue', path: `${ORG}/venues/{{venue}}` },
  { name: 'changeVenue', path: `${ORG}/venues/{{venue}}`, body: { name: 'Another hall' } },
  { name: 'archiveVenue', path: `${ORG}/venues/{{venue}}` },
  { name: 'listOrganizerEvents', path: `${ORG}/events?starting_after={{event}}` },
  { name: 'createEvent', path: `${ORG}/events`, body: { ...planned, sale: { pricing } } },
  { name: 'readOrganizerEvent', path: EVENT },
  { name: 'changeEvent', path: EVENT, body: { title: 'Another evening' } },
  { name: 'changeEvent', path: EVENT, body: { venue_id: '{{venue}}' } },
  { name: 'duplicateEvent', path: `${EVENT}/duplicate`, body: { starts_at: '2099-06-01T18:00:00Z' } },
  { name: 'readConsequences', path: `${EVENT}/consequences?of=cancel` },
  { name: 'readSale', path: `${EVENT}/sale` },
  { name: 'changeSale', path: `${EVENT}/sale`, body: { state: 'on_sale' } },
  { name: 'changeSale', path: `${EVENT}/sale`, body: { pricing } },
  { name: 'listTicketTypes', path: `${EVENT}/ticket-types` },
  { name: 'createTicketType', path: `${EVENT}/ticket-types`, body: { ...seat, ...addOn } },
  { name: 'changeTicketType', path: `${EVENT}/ticket-types/{{type}}`, body: { capacity: 5 } },
  { name: 'changeTicketType', path: `${EVENT}/ticket-types/{{hidden}}`, body: addOn },
  { name: 'setAside', path: `${EVENT}/ticket-types/{{type}}/set-aside`, body: { quantity: 1 } },
  { name: 'listQuotas', path: `${EVENT}/quotas` },
  { name: 'createQuota', path: `${EVENT}/quotas`, body: { name: 'House', capacity: 10, ticket_type_ids: ['{{type}}', '{{hidden}}'] } },
  { name: 'changeQuota', path: `${EVENT}/quotas/{{quota}}`, body: { capacity: 10, ticket_type_ids: ['{{type}}'] } },
  { name: 'listPromoCodes', path: `${EVENT}/promo-codes?starting_after={{promo}}` },
  {
    name: 'createPromoCode',
    path: `${EVENT}/promo-codes`,
    body: { code: 'EARLY', kind: 'percent', value: 1000, ticket_type_ids: ['{{type}}'] },
  },
  { name: 'changePromoCode', path: `${EVENT}/promo-codes/{{promo}}`, body: { state: 'paused', ticket_type_ids: ['{{type}}'] } },
  { name: 'listQuestions', path: `${EVENT}/questions` },
  { name: 'createQuestion', path: `${EVENT}/questions`, body: { label: 'Meal', kind: 'text', ticket_type_ids: ['{{type}}'] } },
  { name: 'changeQuestion', path: `${EVENT}/questions/{{question}}`, body: { label: 'Meal', ticket_type_ids: ['{{type}}'] } },
  { name: 'archiveQuestion', path: `${EVENT}/questions/{{question}}` },

  // Nothing can be named here; whatever is answered must not show what is another’s.
  { name: 'listEvents', path: '/api/v1/events?limit=100' },
  { name: 'GET /', path: '/' },
  { name: 'readMe', path: ME },
  { name: 'listSessions', path: `${ME}/sessions` },
  { name: 'listPersonalKeys', path: `${ME}/api-keys` },
  { name: 'listPasskeys', path: `${ME}/passkeys` },
  { name: 'listClaimedBookings', path: `${ME}/bookings` },
  { name: 'renewClaimedSessions', path: `${ME}/buyer-sessions/tokens`, body: {} },
  { name: 'listBuyerBookings', path: '/api/v1/buyer-sessions/me/bookings' },
  { name: 'readContact', path: '/api/v1/buyer-sessions/me/contact' },
  { name: 'listOwnOrganizations', path: '/api/v1/organizations' },
  { name: 'listOperators', path: '/api/v1/operator/operators' },
  { name: 'GET /metrics', path: '/metrics' },
];

/** Routes that are not sent here: they name nothing of anybody’s, and change who asks, or are the same for everybody. */
export const LEFT_OUT: readonly string[] = [
  ...['issueBuyerSession', 'signUp', 'verifyEmail', 'signIn', 'askForPasskeySignIn', 'signInWithPasskey', 'refreshSession'],
  ...['requestPasswordReset', 'resetPassword', 'requestBookingLink', 'openBookingLink', 'readOrganizationBySlug', 'listPictures'],
  ...['readLive', 'readReady', 'GET /openapi.json', 'GET /pictures/{name}.svg', 'GET /assets/{name}', 'setContact', 'forgetContact'],
  ...['changeMe', 'endAllSessions', 'setUpSecondFactor', 'confirmSecondFactor', 'removeSecondFactor', 'createPersonalKey'],
  ...['askForPasskey', 'addPasskey', 'claimBuyer', 'acceptInvitation', 'createOrganization'],
];
