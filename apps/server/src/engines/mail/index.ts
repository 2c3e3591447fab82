export type { Mail, Mailer } from './mail.ts';
export { buildOutbox, OUTBOX_FILES_MAX } from './outbox.ts';
export type { OutboxOptions } from './outbox.ts';
