/** What a caller is told about an error: its HTTP status, a short title, and whether the same request may be sent again. */
export type ErrorDefinition = { status: number; title: string; retryable: boolean };

/** Every error code of the API. A code never changes its meaning; new ones may come. */
export const ERRORS = {
  REQUEST_INVALID: { status: 400, title: 'The request is not valid.', retryable: false },
  REQUEST_MALFORMED: { status: 400, title: 'The request could not be read.', retryable: false },
  IDEMPOTENCY_KEY_MISSING: { status: 400, title: 'The Idempotency-Key header is missing.', retryable: false },
  IDEMPOTENCY_KEY_INVALID: { status: 400, title: 'The Idempotency-Key header is not valid.', retryable: false },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The Idempotency-Key was used for another request.', retryable: false },
  BUYER_SESSION_MISSING: { status: 401, title: 'A buyer session is needed.', retryable: false },
  BUYER_SESSION_INVALID: { status: 401, title: 'The buyer session is not valid.', retryable: false },
  BUYER_SESSION_EXPIRED: { status: 401, title: 'The buyer session has expired.', retryable: false },
  ACCESS_TOKEN_MISSING: { status: 401, title: 'You must sign in first.', retryable: false },
  ACCESS_TOKEN_INVALID: { status: 401, title: 'The access token is not valid.', retryable: false },
  ACCESS_TOKEN_EXPIRED: { status: 401, title: 'The access token has expired.', retryable: false },
  ACCOUNTS_SIGN_IN_REFUSED: { status: 401, title: 'Address and password do not fit together.', retryable: false },
  ACCOUNTS_REFRESH_REFUSED: { status: 401, title: 'The session has ended.', retryable: false },
  ACCOUNTS_CODE_NEEDED: { status: 401, title: 'A code of the second factor is needed.', retryable: false },
  ACCOUNTS_CODE_WRONG: { status: 422, title: 'The code is not right.', retryable: false },
  ACCOUNTS_SECOND_FACTOR_NEEDED: { status: 403, title: 'This needs a session that began with the second factor.', retryable: false },
  ACCOUNTS_SECOND_FACTOR_EXISTS: { status: 409, title: 'There is a second factor already.', retryable: false },
  ACCOUNTS_SECOND_FACTOR_MISSING: { status: 409, title: 'There is no such second factor.', retryable: false },
  ACCOUNTS_PASSKEY_REFUSED: { status: 401, title: 'The passkey was not accepted.', retryable: false },
  ACCOUNTS_PASSKEY_INVALID: { status: 422, title: 'The answer of the device is not valid.', retryable: false },
  ACCOUNTS_TOO_MANY_PASSKEYS: { status: 409, title: 'There are too many passkeys.', retryable: false },
  ACCOUNTS_PASSWORD_WEAK: { status: 422, title: 'The password would be too easy to guess.', retryable: false },
  ACCOUNTS_LINK_INVALID: { status: 422, title: 'The link is not valid any more.', retryable: false },
  BUYERS_LINK_INVALID: { status: 422, title: 'The link is not valid any more.', retryable: false },
  BUYERS_CLAIMED_BY_ANOTHER: { status: 409, title: 'Another account has this buyer session.', retryable: false },
  BUYERS_TOO_MANY_CLAIMS: { status: 409, title: 'The account has too many buyer sessions.', retryable: false },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many attempts.', retryable: true },
  API_KEY_INVALID: { status: 401, title: 'The API key is not valid.', retryable: false },
  API_KEY_EXPIRED: { status: 401, title: 'The API key has expired.', retryable: false },
  API_KEYS_TOO_MANY: { status: 409, title: 'There are too many API keys.', retryable: false },
  INTERNAL_SECRET_MISSING: { status: 401, title: 'The internal secret is needed.', retryable: false },
  INTERNAL_SECRET_INVALID: { status: 401, title: 'The internal secret is not valid.', retryable: false },
  FORBIDDEN: { status: 403, title: 'You may not do this.', retryable: false },
  ORGANIZATIONS_LAST_OWNER: { status: 409, title: 'An organization needs an owner.', retryable: false },
  ORGANIZATIONS_ALREADY_MEMBER: { status: 409, title: 'You are a member already.', retryable: false },
  ORGANIZATIONS_TOO_MANY_INVITATIONS: { status: 409, title: 'Too many invitations are open.', retryable: false },
  ORGANIZATIONS_INVITATION_INVALID: { status: 422, title: 'The invitation is not valid any more.', retryable: false },
  NOT_FOUND: { status: 404, title: 'There is nothing here.', retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This method is not allowed here.', retryable: false },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive.', retryable: true },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large.', retryable: false },
  URL_TOO_LONG: { status: 414, title: 'The URL is too long.', retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The body must be application/json.', retryable: false },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers are too large.', retryable: false },
  SALES_SOLD_OUT: { status: 409, title: 'There are not enough tickets left.', retryable: false },
  SALES_LIMIT: { status: 409, title: 'A limit on the number of tickets is not met.', retryable: false },
  SALES_NOT_ON_SALE: { status: 409, title: 'These tickets are not on sale now.', retryable: false },
  SALES_PROMO_REFUSED: { status: 409, title: 'The promo code cannot be used.', retryable: false },
  SALES_PRICE_INVALID: { status: 422, title: 'This price cannot be chosen.', retryable: false },
  SALES_PRICE_CHANGED: { status: 409, title: 'The price has changed.', retryable: false },
  SALES_PROMO_CODE_EXISTS: { status: 409, title: 'There is a promo code of this name already.', retryable: false },
  SALES_USES_TOO_LOW: { status: 409, title: 'The code is in use more often than that.', retryable: false },
  SALES_PAYMENT_REQUIRED: { status: 402, title: 'The booking must be paid first.', retryable: false },
  SALES_WRONG_STATE: { status: 409, title: 'The booking is in another state.', retryable: false },
  SALES_ORGANIZER_ONLY: { status: 403, title: 'Only the organizer can do this.', retryable: false },
  SALES_ALREADY_EXTENDED: { status: 409, title: 'The hold was extended before.', retryable: false },
  SALES_WRONG_EVENT_STATE: { status: 409, title: 'The event cannot go from its state to that one.', retryable: false },
  SALES_CAPACITY_TOO_LOW: { status: 409, title: 'The capacity is below what is held, sold and set aside.', retryable: false },
  SALES_SET_ASIDE_TOO_LOW: { status: 409, title: 'Fewer tickets are set aside than that.', retryable: false },
  SALES_TERMS_INVALID: { status: 422, title: 'The terms of the sale do not fit together.', retryable: false },
  CATALOG_SLUG_TAKEN: { status: 409, title: 'The short name is taken.', retryable: false },
  CATALOG_CHANGED_MEANWHILE: { status: 412, title: 'Somebody else has changed this meanwhile.', retryable: false },
  CATALOG_TOO_MANY: { status: 409, title: 'There are as many as there may be.', retryable: false },
  CHECK_IN_SCAN_REUSED: { status: 422, title: 'The scan_id was used for another scan.', retryable: false },
  CHECK_IN_NOT_UNDONE: { status: 409, title: 'This scan cannot be undone.', retryable: false },
  GATES_TOO_MANY: { status: 409, title: 'There are as many gates as there may be.', retryable: false },
  LANE_BUSY: { status: 503, title: 'Too many requests for this event are waiting.', retryable: true },
  OUTCOME_UNKNOWN: { status: 503, title: 'The outcome is not known yet.', retryable: true },
  UNAVAILABLE: { status: 503, title: 'The server cannot answer now.', retryable: true },
  INTERNAL: { status: 500, title: 'Something went wrong on our side.', retryable: true },
} as const satisfies Record<string, ErrorDefinition>;

export type ErrorCode = keyof typeof ERRORS;

/** What every route for people who signed in may answer. */
export const PERSON_PROBLEMS: readonly ErrorCode[] = [
  'REQUEST_INVALID',
  'ACCESS_TOKEN_MISSING',
  'ACCESS_TOKEN_INVALID',
  'ACCESS_TOKEN_EXPIRED',
  'UNAVAILABLE',
];

/** What every route for those who act for an organization may answer: people, keys and the platform. */
export const MEMBER_PROBLEMS: readonly ErrorCode[] = [...PERSON_PROBLEMS, 'API_KEY_INVALID', 'API_KEY_EXPIRED', 'NOT_FOUND', 'FORBIDDEN'];

/** What every route with a body may answer. */
export const BODY_PROBLEMS: readonly ErrorCode[] = ['REQUEST_INVALID', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'UNAVAILABLE'];
