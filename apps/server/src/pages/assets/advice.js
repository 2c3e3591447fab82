import { Refused, Unreachable } from '/assets/request.js';

const ADVICE = {
  SALES_SOLD_OUT: 'Take fewer, or look again soon: tickets that others do not buy come back.',
  SALES_LIMIT: 'Nothing more is held. Change the number of tickets, or choose others.',
  SALES_NOT_ON_SALE: 'Nothing is held for you. Reload the page to see when the sale opens.',
  SALES_PROMO_REFUSED: 'Change the promo code or leave it out.',
  SALES_PRICE_INVALID: 'Change what you give and try again.',
  SALES_PRICE_CHANGED: 'Nothing is held. Below is the price as it is now; click again to take it.',
  SALES_PAYMENT_REQUIRED: 'Your tickets are still held. Go on to pay.',
  SALES_WRONG_STATE: 'The booking has changed in the meantime. Below is how it stands.',
  SALES_ALREADY_EXTENDED: 'A hold can be extended once. Finish while it lasts.',
  ATTENDEES_INCOMPLETE: 'Your tickets are still held. Answer what has a * above, then go on.',
  ATTENDEES_CLOSED: 'What was said stays as it is.',
  PAYMENTS_NOT_POSSIBLE: 'Your tickets are still held. Ask the organizer how they can be paid.',
  PAYMENTS_REFUND_NOT_ALLOWED: 'Your tickets are as they were.',
  PAYMENTS_CHOICE_OVER: 'Reload the page to see what holds.',
  SALES_REFUND_TOO_HIGH: 'Reload the page to see what was given back already.',
  SALES_TICKET_RETURNED: 'Reload the page to see which tickets you have.',
  SALES_DISPUTED: 'Your tickets wait for what your bank decides.',
  SALES_NO_RESALE: 'Your tickets are as they were. You can pass them on to a person instead.',
  SALES_NOT_OFFERABLE: 'Choose other tickets.',
  SALES_OFFER_TAKEN: 'Wait some minutes: if they do not pay, you can keep it.',
  TICKETS_PASSED_ON: 'Choose only tickets that you have.',
  TICKETS_ALREADY_ADMITTED: 'Choose only tickets that nobody came in with.',
  TICKETS_OWN: 'It is in “Find my tickets”, or in this browser, already.',
  TICKETS_REVOKED: 'It was given back or cancelled meanwhile; ask who gave it to you.',
  TICKETS_ISSUED_TOO_OFTEN: 'Ask the organizer for another ticket.',
  TICKETS_TRANSFER_INVALID: 'Somebody else has taken it, it was kept, or its week is over. Ask who sent it for another link.',
  TICKETS_NOTHING_TO_PRINT: 'Reload the page to see how your tickets stand.',
  TICKETS_TOO_MANY_TO_PRINT: 'Save them one by one, from each ticket’s page.',
  TOO_MANY_ATTEMPTS: 'Wait some minutes and try again.',
  NOT_FOUND: 'It may have been withdrawn. Reload the page.',
};

/** What happened, what is safe and what to do, for any error of a request. */
export function adviceOf(error) {
  if (!(error instanceof Refused)) {
    return error instanceof Unreachable
      ? 'The server cannot answer just now. Nothing is done twice: click again, and you get what you asked for once.'
      : 'Something went wrong on this page. What you hold and what you have is as it was. Reload the page.';
  }
  const { code, errors } = error.problem;
  const field = errors && errors[0] ? ` ${errors[0].detail}.` : '';
  return `${error.message}${field} ${ADVICE[code] || 'Nothing was changed. Check what you entered and try again.'}`;
}
