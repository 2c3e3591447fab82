import type { Mail } from '../../engines/mail/index.ts';

/** It carries the token itself: the page that takes it comes with the web application. */
export function bookingLinkMail(to: string, token: string): Mail {
  return {
    to,
    subject: 'Your bookings',
    text: `Somebody, probably you, asked for the bookings that were made with this address.

To open them, give this token within an hour. It works once:

  ${token}

It opens every booking whose buyer gave this address as theirs. Nobody had to prove that: if you find bookings that
you do not know, somebody else typed your address, and they learn nothing about you.

If it was not you who asked, do nothing, and give the token to nobody: whoever has it can act on these bookings.
`,
  };
}
