import { Refused } from '/assets/api.js';

const ADVICE = {
  SALES_SOLD_OUT: 'Take fewer, or look again soon: tickets that others do not buy come back.',
  SALES_LIMIT: 'Nothing more is held. Change the number of tickets, or choose others.',
  SALES_NOT_ON_SALE: 'Nothing is held for you. Reload the page to see when the sale opens.',
  SALES_PROMO_REFUSED: 'Change the promo code or leave it out.',
  SALES_PRICE_INVALID: 'Change what you give and try again.',
  SALES_PRICE_CHANGED: 'Nothing is held. Below is the price as it is now; click again to take it.',
  SALES_PAYMENT_REQUIRED: 'Your tickets are still held. They are confirmed once the organizer has your payment.',
  SALES_WRONG_STATE: 'The booking has changed in the meantime. Below is how it stands.',
  SALES_ALREADY_EXTENDED: 'A hold can be extended once. Finish while it lasts.',
  ATTENDEES_INCOMPLETE: 'Your tickets are still held. The organizer asks something first that this page cannot ask.',
  NOT_FOUND: 'It may have been withdrawn. Reload the page.',
};

/** What happened, what is safe and what to do, for any error of a request. */
export function adviceOf(error) {
  if (!(error instanceof Refused)) {
    return 'The server could not be reached. You cannot be booked twice: click again, and you get what you asked for once.';
  }
  const { code, errors } = error.problem;
  const field = errors && errors[0] ? ` ${errors[0].detail}.` : '';
  return `${error.message}${field} ${ADVICE[code] || 'Nothing was changed. Check what you entered and try again.'}`;
}
