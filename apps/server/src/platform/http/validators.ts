import { Ajv, type ErrorObject, type Options } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { isTime } from './time-format.ts';
import { extendPointer } from './hostile-text.ts';
import { problem, type ProblemError } from './problem.ts';

const common: Options = {
  removeAdditional: false,
  allErrors: false,
  useDefaults: true,
  strictTypes: false,
  formats: { 'date-time': isTime },
  // A word of OpenAPI that says nothing about validity.
  keywords: ['example'],
};

/** A body says its types; a query string and a path are texts, which stand for numbers and booleans. */
const bodies = new Ajv({ ...common, coerceTypes: false });
// Text such as Infinity or 1e999 becomes a number that is not finite, which ajv's strict numbers count as no number: it
// would pass every bound.
const texts = new Ajv({ ...common, coerceTypes: true, strictNumbers: false });

/** Fastify's way to compile the schemas of requests. Those of headers are words for the document: handlers check them. */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  if (httpPart === 'headers') return () => true;
  return (httpPart === 'querystring' || httpPart === 'params' ? texts : bodies).compile(schema);
};

type Part = 'body' | 'querystring' | 'params' | 'headers';
const pointers: Readonly<Record<Part, string>> = { body: '', querystring: '/query', params: '/path', headers: '/header' };

/** REQUEST_INVALID, naming the field, from what ajv found in a part of the request. */
export function problemOfValidation(
  errors: readonly Pick<ErrorObject, 'instancePath' | 'keyword' | 'params' | 'message'>[],
  part: string,
): ProblemError {
  const fields = errors.slice(0, 1).map((error) => ({
    field: pointers[part as Part] + fieldOf(error.instancePath, error.params),
    detail: detailOf(error.keyword, error.params, error.message),
  }));
  const first = fields[0];
  const detail = first === undefined ? undefined : `${first.field === '' ? 'The body' : first.field} ${first.detail}.`;
  return problem('REQUEST_INVALID', { ...(detail !== undefined && { detail }), errors: fields });
}

function fieldOf(path: string, params: Readonly<Record<string, unknown>>): string {
  const name = params['additionalProperty'] ?? params['missingProperty'];
  return typeof name === 'string' ? extendPointer(path, name) : path;
}

function detailOf(keyword: string, params: Readonly<Record<string, unknown>>, message: string | undefined): string {
  switch (keyword) {
    case 'additionalProperties':
      return 'is not a known field';
    case 'required':
      return 'is required';
    case 'enum':
      return `must be one of ${(params['allowedValues'] as readonly unknown[]).join(', ')}`;
    case 'type':
      return `must be ${[params['type']].flat().join(' or ')}`;
    default:
      return message ?? 'is not valid';
  }
}
