import type { Mail } from '../../../engines/mail/index.ts';

/** It carries the token itself: the page that takes it comes with the web application. */
export function offeredTicketMail(to: string, { token, title }: { token: string; title: string }): Mail {
  return {
    to,
    subject: `A ticket for you: ${title}`,
    text: `Somebody passes you a ticket for ${title}.

To take it, give this token within a week. It works once:

  ${token}

From then on the ticket is yours, with a code of its own; the one that it had before opens no door any more. Until you
take it, who offers it can still use it, give it to another or change their mind.

If you do not want it, do nothing, and give the token to nobody: whoever has it can take the ticket.
`,
  };
}
