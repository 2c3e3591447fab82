/**
 * A mail of plain text to one person. `to` is one bare address (`zoe@example.org`, no name beside it) and `subject` one
 * line: the caller has validated both, a line break or another control character in `to` crashes, a line break in `subject` too.
 */
export type Mail = { to: string; subject: string; text: string };

/** The contract of every adapter: resolves when the mail is taken for delivery, rejects when it is not; then send it again. */
export type Mailer = { send(mail: Mail): Promise<void> };
