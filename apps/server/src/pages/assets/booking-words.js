import { priceText } from '/assets/dom.js';
import { clockText, ticketsText } from '/assets/times.js';

const DECLINES = {
  insufficient_funds: 'there is too little money on it',
  expired_card: 'the card has expired',
  authentication_failed: 'your bank was not told that it is you',
};

/** How a payment that is awaited stands. `isLive`: it goes on by itself, without the buyer. */
export function paymentWords({ booking, intent }) {
  const until = `Your ${booking.quantity === 1 ? 'ticket is' : 'tickets are'} held until ${clockText(booking.expires_at)}.`;
  if (intent === null) {
    const text = `The payment provider does not answer just now. ${until} This page goes on asking; what you have paid is not lost.`;
    return { heading: 'Waiting for the payment provider', text, kind: 'wait', pay: null, isLive: true };
  }
  switch (intent.state) {
    case 'open':
      return intent.decline_code === null ? notPaid(until) : declined(intent.decline_code, until);
    case 'requires_action':
      return { heading: 'Your bank asks whether it is you', text: `Answer it on the payment page. ${until}`, kind: 'wait', pay: 'Go on to pay', isLive: false };
    case 'processing': {
      const text = `It is on its way and may take some minutes. ${until} You can leave this page open, or come back: your tickets appear here by themselves.`;
      return { heading: 'Your payment is being processed', text, kind: 'wait', pay: null, isLive: true };
    }
    case 'succeeded':
      return { heading: 'Paid', text: 'Your tickets are being made. This takes a moment.', kind: 'good', pay: null, isLive: true };
    default:
      return { heading: 'The payment was ended', text: `Nothing was paid. ${until}`, kind: 'wait', pay: null, isLive: true };
  }
}

function notPaid(until) {
  return { heading: 'Waiting for your payment', text: `${until} Once you have paid, your tickets appear here by themselves.`, kind: 'wait', pay: 'Pay', isLive: false };
}

function declined(code, until) {
  const why = DECLINES[code] ? `: ${DECLINES[code]}` : '';
  return { heading: 'That card was declined', text: `Your bank said no${why}. Nothing was charged. ${until}`, kind: 'stop', pay: 'Try again', isLive: false };
}

/** How a booking stands that is neither held nor awaits its payment. */
export function standingWords({ booking, event, refunds, money }) {
  const tickets = ticketsText(booking.quantity - booking.returned_tickets.length);
  switch (booking.state) {
    case 'confirmed':
      return { heading: 'Confirmed', text: `${tickets}, ${priceText(booking.total_minor, money)}.`, kind: 'good' };
    case 'partially_refunded':
      return { heading: 'Confirmed, in part given back', text: `You have ${tickets}.`, kind: 'good' };
    case 'expired':
      return { heading: 'The time is over', text: expiredText(booking), kind: 'wait' };
    case 'released':
      return { heading: 'Given back', text: `The tickets went back before they were paid. ${nothingKept(booking)}`, kind: 'wait' };
    case 'refunded':
      return { heading: 'Refunded', text: refundedText(booking, event, refunds), kind: 'wait' };
    case 'cancelled':
      return { heading: 'Cancelled', text: cancelledText(booking), kind: 'wait' };
    default:
      return { heading: booking.state, text: '', kind: 'wait' };
  }
}

function expiredText(booking) {
  const text = 'The tickets were not taken in time and went back to the sale.';
  if (booking.paid_minor === 0 && booking.total_minor === 0) return `${text} Hold them again if there are any left.`;
  return `${text} If you have paid nonetheless, you get them as soon as the payment arrives, if there are any left; else all of it goes back by itself. This page shows which.`;
}

function nothingKept({ total_minor: total }) {
  return total === 0 ? '' : 'Nothing was charged; should a payment still arrive, it goes back by itself.';
}

function cancelledText({ paid_minor: paid }) {
  return paid === 0 ? 'The tickets are worth nothing any more.' : 'The tickets are worth nothing any more, and no money goes back. If that is wrong, ask the organizer.';
}

function refundedText(booking, event, refunds) {
  const reason = refunds.at(-1)?.reason;
  if (reason === 'not_kept') return `Your payment came, but could not be kept: ${whyNotKept(booking, event)}. All of it goes back to you.`;
  if (reason === 'by_buyer') return 'You gave all of its tickets back.';
  if (reason === 'resold') return 'Somebody else has bought what you offered.';
  if (reason === 'refund_run') return event?.state === 'cancelled' ? 'The event is cancelled: the organizer gives the money back.' : 'The organizer gives the money back.';
  return 'The organizer gave all of it back. Its tickets are worth nothing any more.';
}

function whyNotKept({ paid_minor: paid, total_minor: total }, event) {
  if (event?.state === 'cancelled') return 'the event is cancelled';
  return paid === total ? 'the time was over, and the tickets were sold meanwhile' : 'it was another amount than the price';
}

const REFUND_STATES = {
  open: () => 'is on its way to where you paid from',
  done: ({ at }) => `was sent back to where you paid from on ${dateText(at)}`,
  failed: () => 'could not be sent back. The organizer has to help: ask them',
};

function dateText(iso) {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' }).format(new Date(iso));
}

/** Each sum that goes back, in a sentence. */
export function refundLines(refunds, moneyIn) {
  return refunds
    .filter(({ amount_minor: amount }) => amount > 0)
    .map((refund) => ({
      text: `${priceText(refund.amount_minor, moneyIn(refund.currency))} ${REFUND_STATES[refund.state](refund)}.`,
      kind: refund.state === 'failed' ? 'stop' : refund.state === 'done' ? 'good' : 'wait',
    }));
}
