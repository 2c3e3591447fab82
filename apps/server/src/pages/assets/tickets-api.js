import { bookingIdOf } from '/assets/ids.js';
import { readFile, send, sendSurely } from '/assets/request.js';
import { asBuyer, asHolderOf, keepSessionFor } from '/assets/session.js';

const PAGE = 100;

const asHolderOfTicket = (id, request) => asHolderOf([id, bookingIdOf(id)], request);

export function beginPayment(bookingId, key) {
  return asHolderOf([bookingId], (token) => sendSurely('POST', `/api/v1/bookings/${bookingId}/payment`, { token, key, body: {} }));
}

/** How the payment of a booking stands; while it is awaited the provider is asked. */
export function readPayment(bookingId) {
  return asHolderOf([bookingId], (token) => send('GET', `/api/v1/bookings/${bookingId}/payment`, { token }));
}

export function readAttendees(bookingId) {
  return asHolderOf([bookingId], (token) => send('GET', `/api/v1/bookings/${bookingId}/attendees`, { token }));
}

export function writeAttendees(bookingId, body) {
  return asHolderOf([bookingId], (token) => sendSurely('PUT', `/api/v1/bookings/${bookingId}/attendees`, { token, body }));
}

/** A page of the tickets of a booking, by number. */
export function listTickets(bookingId, after) {
  const query = `?limit=${PAGE}${after ? `&starting_after=${after}` : ''}`;
  return asHolderOf([bookingId], (token) => send('GET', `/api/v1/bookings/${bookingId}/tickets${query}`, { token }));
}

export function readTicket(id) {
  return asHolderOfTicket(id, (token) => send('GET', `/api/v1/tickets/${id}`, { token }));
}

export function reissueTicket(id, key) {
  return asHolderOfTicket(id, (token) => sendSurely('POST', `/api/v1/tickets/${id}/reissue`, { token, key, body: {} }));
}

/** Passes a ticket to an address, or, without one, to whoever is given the link that is answered. */
export function passTicket(id, email) {
  return asHolderOfTicket(id, (token) => send('POST', `/api/v1/tickets/${id}/transfer`, { token, body: email ? { email } : {} }));
}

export function keepTicket(id) {
  return asHolderOfTicket(id, (token) => send('DELETE', `/api/v1/tickets/${id}/transfer`, { token }));
}

/** Takes a ticket over, for who this browser is. */
export async function acceptTicket(transferToken) {
  const accept = (token) => sendSurely('POST', '/api/v1/ticket-transfers/accept', { token, body: { token: transferToken } });
  const ticket = await asBuyer(accept);
  await keepSessionFor(ticket.id);
  return ticket;
}

export function readRefundPolicy(eventId) {
  return send('GET', `/api/v1/events/${eventId}/refund-policy`);
}

/** Gives tickets back by the event's policy. */
export function refundTickets(bookingId, numbers, key) {
  const path = `/api/v1/bookings/${bookingId}/refund`;
  return asHolderOf([bookingId], (token) => sendSurely('POST', path, { token, key, body: { tickets: numbers } }));
}

/** Offers tickets for sale again, or, to `withdraw`, keeps them after all. */
export function offerBack(bookingId, { numbers, withdraw }, key) {
  const path = `/api/v1/bookings/${bookingId}/offers${withdraw ? '/withdraw' : ''}`;
  return asHolderOf([bookingId], (token) => sendSurely('POST', path, { token, key, body: { ticket_numbers: numbers } }));
}

export function readRefundChoice(bookingId) {
  return asHolderOf([bookingId], (token) => send('GET', `/api/v1/bookings/${bookingId}/refund-choice`, { token }));
}

export function chooseRefund(bookingId, choice) {
  return asHolderOf([bookingId], (token) => sendSurely('PUT', `/api/v1/bookings/${bookingId}/refund-choice`, { token, body: { choice } }));
}

/** The address under which a buyer finds what they booked again. */
export function setContact(ids, email) {
  return asHolderOf(ids, (token) => sendSurely('PUT', '/api/v1/buyer-sessions/me/contact', { token, body: { email } }));
}

export function readContact(ids) {
  return asHolderOf(ids, (token) => send('GET', '/api/v1/buyer-sessions/me/contact', { token }));
}

/** A file of a booking or of a ticket. */
export function readPaper(ids, path) {
  return asHolderOf(ids, (token) => readFile(path, token));
}
