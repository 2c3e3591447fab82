import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

type Response = { content?: Record<string, unknown> };
type PathItem = Record<string, { operationId: string; responses: Record<string, Response> }>;
type OpenApi = { paths: Record<string, PathItem> };

/** One documented answer: which operation, which status, of which media type, and what its body must be. */
export type DocumentedAnswer = {
  operationId: string;
  method: string;
  path: string;
  status: number;
  /** Null where the answer has no body. */
  mediaType: string | null;
  validate: ValidateFunction | null;
};

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;

/** Every answer that an OpenAPI document names, with a validator of its body. */
export function readDocument(text: string): DocumentedAnswer[] {
  const document = JSON.parse(text) as OpenApi;
  const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': TIME } });
  ajv.addSchema(document, 'openapi');
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, operation]) =>
      Object.entries(operation.responses).map(([status, response]) => {
        const [mediaType = null] = Object.keys(response.content ?? {});
        const steps = ['paths', path, method, 'responses', status, 'content', mediaType ?? '', 'schema'];
        const validate = mediaType === null ? null : ajv.compile({ $ref: `openapi#/${steps.map(escapeStep).join('/')}` });
        return { operationId: operation.operationId, method: method.toUpperCase(), path, status: Number(status), mediaType, validate };
      }),
    ),
  );
}

function escapeStep(step: string): string {
  return encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'));
}
