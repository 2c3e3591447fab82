import type { Mail } from '../../engines/mail/index.ts';

/**
 * The token stands behind the # of the link: no server and no log on the way sees it. The page opens it by a click, so that who
 * only looks at links in mails does not use it up.
 */
export function bookingLinkMail(to: string, { token, publicUrl }: { token: string; publicUrl: string }): Mail {
  return {
    to,
    subject: 'Your tickets',
    text: `Somebody, probably you, asked for the tickets that were booked with this address.

To see them, open this link within an hour. It works once:

  ${publicUrl}/find-tickets#${token}

It opens every booking whose buyer gave this address as theirs. Nobody had to prove that: if you find bookings that
you do not know, somebody else typed your address, and they learn nothing about you.

If it was not you who asked, do nothing, and give the link to nobody: whoever has it can act on these bookings.
`,
  };
}
