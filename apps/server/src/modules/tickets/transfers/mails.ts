import type { Mail } from '../../../engines/mail/index.ts';

/**
 * The token stands behind the # of the link: no server and no log on the way sees it. The page takes the ticket by a click, so that
 * what only looks at links in mails takes nothing.
 */
export function offeredTicketMail(to: string, { token, title, publicUrl }: { token: string; title: string; publicUrl: string }): Mail {
  return {
    to,
    subject: `A ticket for you: ${title}`,
    text: `Somebody passes you a ticket for ${title}.

To take it, open this link within a week. It works once:

  ${publicUrl}/accept-ticket#${token}

From then on the ticket is yours, with a code of its own; the one that it had before opens no door any more. Until you
take it, who offers it can still use it, give it to another or change their mind.

If you do not want it, do nothing, and give the link to nobody: whoever has it can take the ticket.
`,
  };
}
