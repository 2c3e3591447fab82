import type { BuyerSession as BuyerSessionBody } from '@tessera/contract';
import type { BuyerSession } from '../../accounts/index.ts';

export function presentSession({ token, expiresAtMs, expiresInSeconds }: BuyerSession): BuyerSessionBody {
  return { token, expires_at: new Date(expiresAtMs).toISOString(), expires_in_seconds: expiresInSeconds };
}
