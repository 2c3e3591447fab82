/**
 * Cuts what a client sends to PostgreSQL into messages (protocol 3.0: after the first, which has no type, each begins
 * with a type of one byte and its length), and tells which of them executes a prepared statement.
 */
export class FrontendMessages {
  #rest: Buffer = Buffer.alloc(0);
  #isStarted = false;

  /** The whole messages that are there now; the beginning of another is kept for the next call. */
  push(data: Buffer): Buffer[] {
    this.#rest = Buffer.concat([this.#rest, data]);
    const messages: Buffer[] = [];
    for (;;) {
      const headBytes = this.#isStarted ? 1 : 0;
      if (this.#rest.length < headBytes + 4) return messages;
      const bytes = headBytes + this.#rest.readUInt32BE(headBytes);
      if (this.#rest.length < bytes) return messages;
      messages.push(this.#rest.subarray(0, bytes));
      this.#rest = this.#rest.subarray(bytes);
      this.#isStarted = true;
    }
  }
}

/** The name of the prepared statement that a Bind message executes; null for any other message. */
export function boundStatement(message: Buffer): string | null {
  if (message[0] !== 'B'.charCodeAt(0)) return null;
  const portalEnd = message.indexOf(0, 5);
  return message.toString('latin1', portalEnd + 1, message.indexOf(0, portalEnd + 1));
}
