import { domainToASCII } from 'node:url';
import { invalidField } from '../../platform/http/index.ts';

/**
 * An address as it is stored, mailed to and looked up: its domain in ASCII and in one form, so that a mailbox does not have
 * several addresses here. What stands before the @ is left as it is typed. Throws REQUEST_INVALID.
 */
export function parseEmail(text: string): string {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at).normalize('NFC');
  const domain = domainToASCII(text.slice(at + 1)).replace(/\.$/, '');
  // Invisible characters make two addresses look like one, and turn a mail's header around.
  if (at <= 0 || local === '' || domain === '' || /\p{Cf}/u.test(local)) throw invalidField('/email', 'is no mail address');
  return `${local}@${domain}`;
}

/** Under which a person is found: mailboxes differ in whether case tells them apart, people's memory does not. */
export function normalizeEmail(email: string): string {
  return email.normalize('NFC').toLowerCase();
}
