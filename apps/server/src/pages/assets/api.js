import { keep, recall } from '/assets/keeping.js';
import { newKey, Refused, send, sendSurely, Unreachable } from '/assets/request.js';
import { asBuyer, asHolderOf, keepSessionFor } from '/assets/session.js';

export { newKey, Refused, Unreachable };

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

export async function placeBooking(body, key) {
  const booking = await asBuyer((token) => sendSurely('POST', '/api/v1/bookings', { token, key, body }));
  await keepSessionFor(booking.id);
  return booking;
}

export function readBooking(id) {
  return asHolderOf([id], (token) => send('GET', `/api/v1/bookings/${id}`, { token }));
}

/** `move` is extend, release, confirm or cancel. */
export function moveBooking(id, move, key) {
  return asHolderOf([id], (token) => sendSurely('POST', `/api/v1/bookings/${id}/${move}`, { token, key, body: {} }));
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

/** The code with which ticket types were seen, so that a booking of them can name them. */
export function recallAccessCode(eventId) {
  return recall(`tessera.access-code.${eventId}`);
}

export function keepAccessCode(eventId, accessCode) {
  keep(`tessera.access-code.${eventId}`, accessCode);
}
