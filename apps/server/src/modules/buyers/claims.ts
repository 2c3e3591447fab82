import { newUuid } from '../../platform/ids/index.ts';
import { invariant } from '../../platform/invariant.ts';
import type { BuyerSession } from '../accounts/index.ts';
import type { BuyersContext } from './context.ts';
import { deleteClaim, insertClaim, lockClaimsOf, readClaims, type Claim } from './queries/claims.ts';

/** Each page of a person's bookings asks for all of them. */
const CLAIMS_MAX = 100;

export type ClaimOutcome =
  | { kind: 'claimed'; claim: Claim; isNew: boolean }
  | { kind: 'session_invalid' | 'session_expired' | 'claimed_by_another' | 'too_many' };

/** Takes a buyer into an account: who holds a valid session of it may, and one person has it. A repeat changes nothing. */
export async function claimBuyer(
  { db, clock, accounts }: BuyersContext,
  { personId, token }: { personId: string; token: string },
): Promise<ClaimOutcome> {
  const check = accounts.checkBuyerSession(token);
  if (check.kind !== 'valid') return { kind: check.kind === 'expired' ? 'session_expired' : 'session_invalid' };
  const { buyerKey } = check;
  const nowMs = clock.nowMs();
  const claim = { id: newUuid(nowMs), buyerKey, at: new Date(nowMs) };
  return db.transaction<ClaimOutcome>(async (tx) => {
    await lockClaimsOf(tx, personId);
    const own = await readClaims(tx, personId);
    const known = own.find((one) => one.buyerKey === buyerKey);
    if (known) return { kind: 'claimed', claim: known, isNew: false };
    if (own.length >= CLAIMS_MAX) return { kind: 'too_many' };
    const isNew = await insertClaim(tx, { ...claim, personId });
    return isNew ? { kind: 'claimed', claim, isNew } : { kind: 'claimed_by_another' };
  });
}

/** False if the person has no such claim. The buyer's sessions stay valid: they are whose they are. */
export async function letGo({ db }: BuyersContext, { personId, claimId }: { personId: string; claimId: string }): Promise<boolean> {
  return deleteClaim(db, personId, claimId);
}

/** A session for each buyer that a person has claimed, so that another device can act on what was booked. */
export async function renewClaimed({ db, accounts }: BuyersContext, personId: string): Promise<{ claim: Claim; session: BuyerSession }[]> {
  const claims = await readClaims(db, personId);
  invariant(claims.length <= CLAIMS_MAX, 'a person’s claims are counted under a lock');
  return claims.map((claim) => ({ claim, session: accounts.renewBuyerSession(claim.buyerKey) }));
}
