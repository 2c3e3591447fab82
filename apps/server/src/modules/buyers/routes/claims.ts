import {
  BODY_PROBLEMS,
  BuyerClaim,
  ClaimBuyerBody,
  ClaimedSessions,
  ClaimPath,
  EmptyBody,
  PERSON_PROBLEMS,
  problemResponses,
} from '@tessera/contract';
import { invalidField, NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { formatId, parseId } from '../../../platform/ids/index.ts';
import { claimBuyer, letGo, renewClaimed, type ClaimOutcome } from '../claims.ts';
import type { BuyersRoutes } from '../context.ts';
import type { Claim } from '../queries/claims.ts';
import { asPerson } from './documents.ts';
import { presentSession } from './present-session.ts';

const PATH = '/api/v1/users/me/buyer-sessions';

const claimSchema = {
  ...asPerson,
  operationId: 'claimBuyer',
  summary: 'Take a buyer session into the account',
  description:
    'What the session has booked, and will book, is listed for the account from then on. One account has it; a repeat answers 200.',
  body: ClaimBuyerBody,
  response: {
    200: BuyerClaim,
    201: BuyerClaim,
    ...problemResponses(...PERSON_PROBLEMS, ...BODY_PROBLEMS, 'BUYERS_CLAIMED_BY_ANOTHER', 'BUYERS_TOO_MANY_CLAIMS'),
  },
};

const tokensSchema = {
  ...asPerson,
  operationId: 'renewClaimedSessions',
  summary: 'Get sessions of the claimed buyers',
  description: 'A fresh buyer session for each that the account has claimed, so that another device can act on what was booked.',
  body: EmptyBody,
  response: { 200: ClaimedSessions, ...problemResponses(...PERSON_PROBLEMS, ...BODY_PROBLEMS) },
};

const letGoSchema = {
  ...asPerson,
  operationId: 'letGoOfBuyer',
  summary: 'Let go of a claimed buyer session',
  description: 'Its bookings stay: who has the session still acts on them.',
  params: ClaimPath,
  response: { 204: NoContent, ...problemResponses(...PERSON_PROBLEMS, 'NOT_FOUND') },
};

export function claimRoutes(http: HttpServer, { buyers, requirePerson }: BuyersRoutes): void {
  http.post(PATH, { schema: claimSchema, config: { audience: 'person' } }, async (request, reply) => {
    const { personId } = requirePerson(request);
    const { claim, isNew } = claimed(await claimBuyer(buyers, { personId, token: request.body.token }));
    reply.code(isNew ? 201 : 200);
    return present(claim);
  });
  http.post(`${PATH}/tokens`, { schema: tokensSchema, config: { audience: 'person' } }, async (request, reply) => {
    const renewed = await renewClaimed(buyers, requirePerson(request).personId);
    reply.header('cache-control', 'no-store');
    return { data: renewed.map(({ claim, session }) => ({ ...present(claim), ...presentSession(session) })) };
  });
  http.delete(`${PATH}/:id`, { schema: letGoSchema, config: { audience: 'person' } }, async (request, reply) => {
    const { personId } = requirePerson(request);
    const claimId = parseId('clm', request.params.id);
    if (claimId === null || !(await letGo(buyers, { personId, claimId }))) throw problem('NOT_FOUND');
    return reply.code(204).send(null);
  });
}

function claimed(outcome: ClaimOutcome): Extract<ClaimOutcome, { kind: 'claimed' }> {
  switch (outcome.kind) {
    case 'session_invalid':
      throw invalidField('/token', 'must be a buyer session');
    case 'session_expired':
      throw invalidField('/token', 'is a buyer session that has expired');
    case 'claimed_by_another':
      throw problem('BUYERS_CLAIMED_BY_ANOTHER', { detail: 'That account must let go of it first.' });
    case 'too_many':
      throw problem('BUYERS_TOO_MANY_CLAIMS', { detail: 'Let go of one that you need no more.' });
    case 'claimed':
      return outcome;
  }
}

function present({ id, at }: Claim): BuyerClaim {
  return { id: formatId('clm', id), claimed_at: at.toISOString() };
}
