import { createHmac } from 'node:crypto';
import { buildAccessTokens, buildBuyerTokens, buildOperators } from '../../../apps/server/src/modules/accounts/index.ts';
import { systemClock } from '../../../apps/server/src/platform/clock/index.ts';
import { parseId } from '../../../apps/server/src/platform/ids/index.ts';
import { deriveKey } from '../../../apps/server/src/platform/seal/index.ts';
import { signedInWithPasskey } from '../contract/with-passkey.ts';
import { PLATFORM, ROLES, type Houses, type Role, type Someone } from '../houses.ts';
import type { Identity } from './verdict.ts';

export type Caller = { name: string; token: string | null; is: Identity };

/** The house that is asked about, and who is somebody in it. */
export type House = { organization: string; members: ReadonlyMap<Role, Someone> };

export const LIVE_SCOPES = [
  ...['organization.read', 'organization.change', 'members.read', 'actions.read', 'keys.read', 'data.purge'],
  ...['events.read', 'events.change', 'stock.set_aside', 'tickets.read', 'tickets.change', 'tickets.keys'],
  ...['tickets.scan', 'box_office.sell'],
  ...['attendees.read', 'attendees.change'],
  ...['bookings.read', 'refunds.create', 'money.read'],
];
/** Of a test key: what cannot be marked as a test is no scope of one. */
export const TEST_SCOPES = LIVE_SCOPES.filter((scope) => scope !== 'organization.change');

/** Everybody who may knock at a route: each kind of token there is, good, bad, of others, and where another kind is due. */
export async function gatherCallers(houses: Houses, house: House): Promise<Caller[]> {
  const { organization, members } = house;
  const owner = members.get('owner')!;
  const elsewhere = await houses.newPerson();
  const foreign = await houses.found(elsewhere);
  const personal = (role: Role, hasScopes: boolean): Identity => ({ kind: 'key', owner: 'person', role, hasScopes, isTest: false });
  const own = (isTest: boolean, hasScopes: boolean): Identity => ({ kind: 'key', owner: 'home', role: null, hasScopes, isTest });
  const all = [
    { name: 'nobody', token: null, is: { kind: 'nobody' } },
    { name: 'a buyer', token: await newBuyerToken(houses), is: { kind: 'buyer' } },
    { name: 'another buyer', token: await newBuyerToken(houses), is: { kind: 'buyer' } },
    { name: 'a person', ...(await houses.newPerson()), is: { kind: 'person', role: null } },
    { name: 'another person', ...(await houses.newPerson()), is: { kind: 'person', role: null } },
    ...ROLES.map((role) => ({ name: `the ${role}`, ...members.get(role)!, is: { kind: 'person', role } as const })),
    { name: 'a member of another organization', ...elsewhere, is: { kind: 'person', role: null } },
    { name: 'a key', ...(await houses.organizationKey(organization, owner, LIVE_SCOPES)), is: own(false, true) },
    { name: 'a key without scopes', ...(await houses.organizationKey(organization, owner, [])), is: own(false, false) },
    { name: 'a test key', ...(await houses.organizationKey(organization, owner, TEST_SCOPES, { is_test: true })), is: own(true, true) },
    {
      name: 'a key of another organization',
      ...(await houses.organizationKey(foreign, elsewhere, LIVE_SCOPES)),
      is: { ...own(false, true), owner: 'foreign' },
    },
    { name: 'the owner’s own key', ...(await houses.personalKey(owner, LIVE_SCOPES)), is: personal('owner', true) },
    { name: 'the owner’s own key without scopes', ...(await houses.personalKey(owner, [])), is: personal('owner', false) },
    { name: 'the scanner’s own key', ...(await houses.personalKey(members.get('scanner')!, LIVE_SCOPES)), is: personal('scanner', true) },
    ...(await operators(houses)),
    { name: 'the platform', ...PLATFORM, is: { kind: 'platform' } },
    ...badTokens(houses, owner),
    { name: 'whoever signed out', token: await signedOut(houses), is: { kind: 'wrong', looksLikeKey: false } },
  ] as readonly (Omit<Caller, 'token'> & { token?: string | null; access_token?: string })[];
  return all.map(({ name, token, access_token: accessToken, is }) => ({ name, token: token ?? accessToken ?? null, is }));
}

export async function newBuyerToken(houses: Houses): Promise<string> {
  return (await houses.send(null, 'POST', '/buyer-sessions')).json<{ token: string }>().token;
}

async function operators(houses: Houses): Promise<Caller[]> {
  const { serverKey, db, person } = houses;
  const known = buildOperators({ serverKey, db, clock: systemClock });
  const [shown, unshown] = [await signedInWithPasskey(person), await houses.newPerson()];
  for (const { email } of [shown, unshown]) await known.create(email);
  return [
    { name: 'an operator', token: shown.token, is: { kind: 'person', role: null, operator: 'protected' } },
    {
      name: 'an operator without second factor',
      token: unshown.access_token,
      is: { kind: 'person', role: null, operator: 'unprotected' },
    },
  ];
}

function badTokens({ serverKey }: Houses, { id, session_id: session, access_token: access, refresh_token: refresh }: Someone): Caller[] {
  const wrong: Identity = { kind: 'wrong', looksLikeKey: false };
  const pastSeconds = Math.floor(systemClock.nowMs() / 1000) - 60;
  const claims = { personId: parseId('per', id)!, sessionId: parseId('ses', session)!, hasSecondFactor: true };
  const tokens = buildAccessTokens(deriveKey(serverKey, 'access tokens'));
  const forger = buildAccessTokens(deriveKey(Buffer.alloc(32, 1), 'access tokens'));
  const forged = forger.issue({ ...claims, expiresAtSeconds: pastSeconds + 3600 });
  return [
    { name: 'an expired access token', token: tokens.issue({ ...claims, expiresAtSeconds: pastSeconds }), is: { kind: 'expired_person' } },
    { name: 'a forged access token', token: forged, is: wrong },
    { name: 'an access token with a letter changed', token: changed(access), is: wrong },
    { name: 'a refresh token', token: refresh, is: wrong },
    { name: 'an expired buyer session', token: buildBuyerTokens(serverKey).issue(pastSeconds), is: { kind: 'expired_buyer' } },
    {
      name: 'a forged buyer session',
      token: buildBuyerTokens(Buffer.alloc(32, 1)).issue(pastSeconds + 3600),
      is: { ...wrong, looksLikeBuyer: true },
    },
    { name: 'a forged key', token: `tsk_live_${'A'.repeat(48)}`, is: { kind: 'wrong', looksLikeKey: true } },
    { name: 'a JWT without signature', token: jwt('none', id), is: wrong },
    { name: 'a JWT that is signed with what everybody knows', token: jwt('HS256', id), is: wrong },
    { name: 'nearly the secret', token: `${PLATFORM.access_token}.`, is: wrong },
  ];
}

function changed(token: string): string {
  const at = token.length - 20;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

function jwt(algorithm: 'none' | 'HS256', subject: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: algorithm, typ: 'JWT' })}.${part({ sub: subject, exp: 4_102_444_800 })}`;
  return `${signed}.${algorithm === 'none' ? '' : createHmac('sha256', 'http://localhost:8080').update(signed).digest('base64url')}`;
}

async function signedOut(houses: Houses): Promise<string> {
  const someone = await houses.newPerson();
  await houses.send(someone, 'DELETE', '/users/me/sessions');
  return someone.access_token;
}
