// What a ticket's QR code says, and how to tell a genuine one without asking anybody. It runs in browsers as on servers: it stands on
// WebCrypto alone and depends on no package.
export { CODE_CHARS, composeCode, parseCode, signedBytes, type ParsedCode, type TicketCode } from './code-format.ts';
export type { Ed25519 } from './ed25519.ts';
export { eventIdOf, ticketIdOf } from './public-ids.ts';
export { openKeys, openKeysBy, verifyCode, type EventKeys, type PublicKey, type Verdict } from './verify-code.ts';
