import { element } from '/assets/dom.js';
import { actionButton } from '/assets/note.js';
import { readPaper } from '/assets/tickets-api.js';

/** Long enough for any browser to begin to save; the file is in memory so long. */
const SAVING_MS = 60_000;

/**
 * Buttons that save files of a booking or ticket. Each is fetched with the buyer's token and handed to the browser from memory: a
 * link that carries the token would leave it in histories and logs, and a cookie would let other sites' pages act as the buyer.
 * Files are small (200 tickets at most), so that memory is no matter.
 */
export function paperButtons(ids, papers, place) {
  const buttons = papers.map(({ label, path }) => actionButton({ label, place, act: () => save(ids, path) }));
  return element('div', { class: 'buttons papers' }, ...buttons);
}

async function save(ids, path) {
  const { name, blob } = await readPaper(ids, path);
  const address = URL.createObjectURL(blob);
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), SAVING_MS);
}

export function bookingPapers(id, isBooker) {
  const papers = [
    { label: 'Tickets for the phone (PDF)', path: `/api/v1/bookings/${id}/tickets.pdf?format=phone` },
    { label: 'Tickets for paper (PDF)', path: `/api/v1/bookings/${id}/tickets.pdf?format=a4` },
    { label: 'Calendar entry', path: `/api/v1/bookings/${id}/calendar.ics` },
  ];
  return isBooker ? [...papers, { label: 'Receipt (PDF)', path: `/api/v1/bookings/${id}/receipt.pdf` }] : papers;
}

export function ticketPapers(id, bookingId) {
  return [
    { label: 'For the phone (PDF)', path: `/api/v1/tickets/${id}/pdf?format=phone` },
    { label: 'For paper (PDF)', path: `/api/v1/tickets/${id}/pdf?format=a4` },
    { label: 'Calendar entry', path: `/api/v1/bookings/${bookingId}/calendar.ics` },
  ];
}
