import { OperatorList, PERSON_PROBLEMS, problemResponses } from '@tessera/contract';
import type { FastifyRequest } from 'fastify';
import type { HttpServer } from '../../../platform/http/index.ts';
import { formatId } from '../../../platform/ids/index.ts';
import type { AccountsContext } from '../context.ts';
import { listOperators } from '../operators.ts';
import { personSecurity } from './documents.ts';

const schema = {
  operationId: 'listOperators',
  summary: 'Who runs the platform',
  description: 'For operators in a session that began with the second factor; for others it is not there.',
  tags: ['operator'],
  security: personSecurity,
  response: { 200: OperatorList, ...problemResponses(...PERSON_PROBLEMS, 'NOT_FOUND', 'ACCOUNTS_SECOND_FACTOR_NEEDED') },
};

type OperatorRoutes = { accounts: AccountsContext; requireOperator: (request: FastifyRequest) => Promise<unknown> };

export function operatorRoutes(http: HttpServer, { accounts, requireOperator }: OperatorRoutes): void {
  http.get('/api/v1/operator/operators', { schema, config: { audience: 'operator' } }, async (request) => {
    await requireOperator(request);
    const operators = await listOperators(accounts);
    return {
      data: operators.map(({ personId, name, email, since }) => {
        return { person_id: formatId('per', personId), name, email, since: since.toISOString() };
      }),
    };
  });
}
