import { BODY_PROBLEMS, Contact, problemResponses, SetContactBody } from '@tessera/contract';
import { NoContent, problem, type HttpServer } from '../../../platform/http/index.ts';
import { parseEmail } from '../../accounts/index.ts';
import { forgetContact, readContact, setContact } from '../contacts.ts';
import type { BuyersRoutes } from '../context.ts';
import { asBuyer, buyerProblems } from './documents.ts';

const PATH = '/api/v1/buyer-sessions/me/contact';

const setSchema = {
  ...asBuyer,
  operationId: 'setContact',
  summary: 'Say where the buyer’s links go',
  description: 'Nothing is mailed for it. With POST /api/v1/booking-links whoever reads this address finds the bookings again.',
  body: SetContactBody,
  response: { 200: Contact, ...problemResponses(...buyerProblems, ...BODY_PROBLEMS) },
};

const readSchema = {
  ...asBuyer,
  operationId: 'readContact',
  summary: 'Where the buyer’s links go',
  response: { 200: Contact, ...problemResponses(...buyerProblems, 'NOT_FOUND') },
};

const forgetSchema = {
  ...asBuyer,
  operationId: 'forgetContact',
  summary: 'Forget the address',
  response: { 204: NoContent, ...problemResponses(...buyerProblems) },
};

export function contactRoutes(http: HttpServer, { buyers, requireBuyer }: BuyersRoutes): void {
  http.put(PATH, { schema: setSchema, config: { audience: 'buyer' } }, async (request, reply) => {
    const buyerKey = requireBuyer(request);
    const email = parseEmail(request.body.email);
    await setContact(buyers, buyerKey, email);
    reply.header('cache-control', 'private, no-store');
    return { email };
  });
  http.get(PATH, { schema: readSchema, config: { audience: 'buyer' } }, async (request, reply) => {
    const email = await readContact(buyers, requireBuyer(request));
    if (email === null) throw problem('NOT_FOUND', { detail: 'This buyer has given no address.' });
    reply.header('cache-control', 'private, no-store');
    return { email };
  });
  http.delete(PATH, { schema: forgetSchema, config: { audience: 'buyer' } }, async (request, reply) => {
    await forgetContact(buyers, requireBuyer(request));
    return reply.code(204).send(null);
  });
}
