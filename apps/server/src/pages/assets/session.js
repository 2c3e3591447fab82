import { keep, recall } from '/assets/keeping.js';
import { Refused, sendSurely } from '/assets/request.js';

const SESSION_KEY = 'tessera.buyer-session';
/** Sessions by the booking or ticket that they were for: that of this browser ends after some days and another follows. */
const OWN_KEY = 'tessera.sessions';
/** A session that ends sooner is replaced, so that it never ends in the middle of a booking. */
const SESSION_SPARE_MS = 3_600_000;
const OWN_MAX = 200;

let session = recall(SESSION_KEY);

async function currentSession() {
  const isUsable = session && Date.parse(session.expires_at) - Date.now() > SESSION_SPARE_MS;
  if (!isUsable) {
    session = await sendSurely('POST', '/api/v1/buyer-sessions');
    keep(SESSION_KEY, session);
  }
  return session;
}

/** Does something as the buyer that this browser is. A session that the server no longer accepts is replaced. */
export async function asBuyer(request) {
  try {
    return await request((await currentSession()).token);
  } catch (error) {
    if (!isOver(error)) throw error;
    session = null;
    keep(SESSION_KEY, null);
    return request((await currentSession()).token);
  }
}

function isOver(error) {
  return error instanceof Refused && error.problem.status === 401;
}

function ownSessions() {
  const kept = recall(OWN_KEY);
  return Array.isArray(kept) ? kept.filter(({ expires_at: end }) => Date.parse(end) > Date.now()) : [];
}

/** Remembers as whom a booking was made, or a ticket taken: by default as whom this browser acts now. */
export async function keepSessionFor(id, { token, expires_at } = {}) {
  const own = token ? { token, expires_at } : await currentSession();
  const others = ownSessions().filter((one) => one.id !== id);
  keep(OWN_KEY, [...others, { id, token: own.token, expires_at: own.expires_at }].slice(-OWN_MAX));
}

/** As whom this browser has something, by the first of its names that is known; else as whom it acts now. */
export async function asHolderOf(ids, request) {
  const kept = ownSessions();
  const own = ids.map((id) => kept.find((one) => one.id === id)).find(Boolean);
  if (!own) return asBuyer(request);
  try {
    return await request(own.token);
  } catch (error) {
    if (!isOver(error)) throw error;
    return asBuyer(request);
  }
}

/** Until when this browser is known as who has something; null where it is not. */
export function knownUntil(ids) {
  const kept = ownSessions();
  const own = ids.map((id) => kept.find((one) => one.id === id)).find(Boolean) ?? session;
  return own?.expires_at ?? null;
}
