import { ERRORS, type ErrorCode, type FieldError } from '@tessera/contract';

export type ProblemOptions = {
  /** What happened to this request, for people. Default: the code's title. */
  detail?: string;
  errors?: readonly FieldError[];
  /** Members of its own, as `left` of SALES_SOLD_OUT. */
  extensions?: Readonly<Record<string, unknown>>;
  headers?: Readonly<Record<string, string>>;
  /** What led here: kept for the log, never shown. */
  cause?: unknown;
};

/** A refusal: thrown by routes, answered by the one mapper as problem+json. */
export class ProblemError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly options: ProblemOptions;

  constructor(code: ErrorCode, options: ProblemOptions) {
    super(options.detail ?? ERRORS[code].title, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = ERRORS[code].status;
    this.options = options;
  }
}

/** `throw problem('SALES_SOLD_OUT', { extensions: { left: 1 } })`. Expected refusals carry no stack: it would cost more than the request. */
export function problem(code: ErrorCode, options: ProblemOptions = {}): ProblemError {
  if (ERRORS[code].status >= 500) return new ProblemError(code, options);
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return new ProblemError(code, options);
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** A request whose field is not valid: `field` is a JSON pointer into the body, or `/query/…`, `/path/…`, `/header/…`. */
export function invalidField(field: string, detail: string): ProblemError {
  return problem('REQUEST_INVALID', { detail: `${field} ${detail}.`, errors: [{ field, detail }] });
}
