/** What the server said no to, with its problem document. */
export class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title || 'The server refused.');
    this.problem = problem;
  }
}

/** The server could not be reached, or cannot answer now: the same request may be sent again. */
export class Unreachable extends Error {}

const SESSION_KEY = 'tessera.buyer-session';
/** A session that ends sooner is replaced, so that it never ends in the middle of a booking. */
const SESSION_SPARE_MS = 3_600_000;

async function send(method, path, { token, key, body } = {}) {
  const headers = { accept: 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  if (key) headers['idempotency-key'] = key;
  if (body !== undefined) headers['content-type'] = 'application/json';
  let response;
  try {
    response = await fetch(path, { method, headers, cache: 'no-store', body: body === undefined ? undefined : JSON.stringify(body) });
  } catch (cause) {
    throw new Unreachable('The server could not be reached.', { cause });
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  if (answer.retryable || response.status >= 500) throw new Unreachable(answer.detail || 'The server cannot answer now.');
  throw new Refused(answer);
}

/** Sends a keyed request until its outcome is known, a few times, with growing pauses. */
async function sendSurely(method, path, options) {
  const pausesMs = [300, 900, 2_000, 4_000];
  for (const pauseMs of pausesMs) {
    try {
      return await send(method, path, options);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
  return send(method, path, options);
}

function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    // A browser that keeps nothing, or keeps nonsense: as if nothing had been kept.
    return null;
  }
}

function keep(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Without storage the hold lasts as long as the page; nothing else changes.
  }
}

let session = recall(SESSION_KEY);

async function sessionToken() {
  const isUsable = session && Date.parse(session.expires_at) - Date.now() > SESSION_SPARE_MS;
  if (!isUsable) {
    session = await sendSurely('POST', '/api/v1/buyer-sessions');
    keep(SESSION_KEY, session);
  }
  return session.token;
}

/** Forgets a session that the server no longer accepts. */
function forgetSession() {
  session = null;
  keep(SESSION_KEY, null);
}

async function asBuyer(request) {
  try {
    return await request(await sessionToken());
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 401) throw error;
    forgetSession();
    return request(await sessionToken());
  }
}

/** A key for one click: repeats of it are one booking. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function readEvent(eventId, accessCode) {
  const query = accessCode ? `?access_code=${encodeURIComponent(accessCode)}` : '';
  return send('GET', `/api/v1/events/${eventId}${query}`);
}

export function readAudit(eventId) {
  return send('GET', `/api/v1/events/${eventId}/audit`);
}

/** What a basket costs now. It knows no buyer. */
export function quoteBasket(eventId, body) {
  return sendSurely('POST', `/api/v1/events/${eventId}/quotes`, { body });
}

export function placeBooking(body, key) {
  return asBuyer((token) => sendSurely('POST', '/api/v1/bookings', { token, key, body }));
}

export function readBooking(id) {
  return asBuyer((token) => send('GET', `/api/v1/bookings/${id}`, { token }));
}

/** `move` is extend, release or confirm. */
export function moveBooking(id, move, key) {
  return asBuyer((token) => sendSurely('POST', `/api/v1/bookings/${id}/${move}`, { token, key, body: {} }));
}

/** Mails a link to what was booked with an address, if anything was. */
export function requestBookingLink(email) {
  return send('POST', '/api/v1/booking-links', { body: { email } });
}

/** Takes a mailed token, once. */
export function openBookingLink(token) {
  return send('POST', '/api/v1/booking-links/open', { body: { token } });
}

/** Reads as the buyer of another session. */
export function readAs(token, path) {
  return send('GET', path, { token });
}

export function recallBookingId(eventId) {
  return recall(`tessera.booking.${eventId}`);
}

export function keepBookingId(eventId, bookingId) {
  keep(`tessera.booking.${eventId}`, bookingId);
}
