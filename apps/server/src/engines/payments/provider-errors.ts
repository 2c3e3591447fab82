/**
 * The provider did not answer within the deadline, refused the connection, or failed (5xx, 429, an answer that cannot be
 * read). Whether it did what was asked is not known: ask again with the same key.
 */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** The provider has decided against what was asked; `code` is its word for why, such as `refund_too_high`. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
  readonly code: string;

  constructor(code: string, message: string = code) {
    super(message);
    this.code = code;
  }
}
