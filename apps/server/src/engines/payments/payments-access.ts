import { deriveKey } from '../../platform/seal/index.ts';

/** How a payment provider is reached, and how it is known that it is the one who tells. */
export type PaymentsAccess = {
  url: string;
  apiKey: string;
  account: string;
  /** Of what it signs; at least one. */
  secrets: readonly string[];
};

/** What the operator has set; null is made from the server's key. */
export type GivenAccess = { apiKey: string | null; webhookSecrets: readonly string[] | null; account: string | null };

/** The same on every server that shares the key, so that a sandbox and those who use it need no agreement. */
export function paymentsAccess(url: string, given: GivenAccess, serverKey: Buffer): PaymentsAccess {
  const word = (purpose: string): string => deriveKey(serverKey, purpose).toString('base64url');
  return {
    url,
    apiKey: given.apiKey ?? word('payments api key'),
    account: given.account ?? `acct_${deriveKey(serverKey, 'payments account', 12).toString('hex')}`,
    secrets: given.webhookSecrets ?? [word('payments webhook secret')],
  };
}
