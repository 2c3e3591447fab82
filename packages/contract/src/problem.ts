import { Type, type Static, type TSchema } from 'typebox';
import { ERRORS, type ErrorCode } from './errors.ts';

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** One thing that is wrong with a request: where (JSON pointer into the body, or `/header/…`, `/query/…`) and what. */
export const FieldError = Type.Object({ field: Type.String(), detail: Type.String() });
export type FieldError = Static<typeof FieldError>;

/** RFC 9457. Codes may add members of their own, as `left` of SALES_SOLD_OUT. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'urn:tessera:problem: and the code.' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String({ description: 'What happened to this request, for people.' }),
    retryable: Type.Boolean({ description: 'Whether the same request, with the same Idempotency-Key, may be sent again.' }),
    request_id: Type.String(),
    errors: Type.Optional(Type.Array(FieldError, { description: 'The fields that are not valid.' })),
  },
  { title: 'Problem' },
);
export type Problem = Static<typeof Problem>;

export type ProblemResponses = Record<number, { description: string; content: Record<string, { schema: TSchema }> }>;

/** Codes that any route may answer, which `problemResponses` adds by itself. */
const ALWAYS: readonly ErrorCode[] = ['REQUEST_INVALID', 'REQUEST_MALFORMED', 'INTERNAL'];

/** The `response` entries of a route for the errors it may answer: one per status, with the codes of that status. */
export function problemResponses(...codes: ErrorCode[]): ProblemResponses {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...codes, ...ALWAYS])) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const responses: ProblemResponses = {};
  for (const [status, some] of [...byStatus].sort(([one], [other]) => one - other)) responses[status] = problemResponse(some);
  return responses;
}

function problemResponse(codes: readonly ErrorCode[]): ProblemResponses[number] {
  const schema = Type.Intersect([Problem, Type.Object({ code: Type.Enum([...codes]) })]);
  return {
    description: codes.map((code) => `${code}: ${ERRORS[code].title}`).join('\n\n'),
    content: { [PROBLEM_MEDIA_TYPE]: { schema } },
  };
}
