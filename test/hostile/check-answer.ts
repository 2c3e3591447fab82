import { ERRORS, PROBLEM_MEDIA_TYPE, type ErrorCode, type Problem } from '@tessera/contract';
import { headerOf, type Answer } from './answer-reader.ts';
import { MARK } from './hostile-values.ts';
import type { Expectation, Hostile } from './request.ts';
import type { Exchanged } from './wire.ts';

export const ANSWER_MAX_MS = 5_000;

/** What is wrong with the answers to something hostile; null if nothing is. */
export function findFault(hostile: Hostile, { answers, end, rest, ms }: Exchanged): string | null {
  if (end === 'timeout') return `no answer within ${ms} ms`;
  const last = answers.at(-1);
  if (last === undefined) return `closed without an answer; the rest: ${rest.slice(0, 200)}`;
  // Whoever is told that the connection closes need not wait for more.
  const isWhole = answers.length === hostile.exchange.methods.length || headerOf(last, 'connection') === 'close';
  if (!isWhole) return `closed after ${answers.length} answers; the rest: ${rest.slice(0, 200)}`;
  for (const [index, answer] of answers.entries()) {
    const isHead = hostile.exchange.methods[index] === 'HEAD';
    const fault = faultOfAnswer(answer, isHead) ?? (index === 0 ? faultOfExpected(hostile, answer, isHead) : null);
    if (fault !== null) return `${fault}\n${describe(answer)}`;
  }
  return null;
}

function describe({ status, headers, body }: Answer): string {
  return `${status} ${JSON.stringify(headers)}\n${body.slice(0, 600)}`;
}

/** The problem in an answer's body; null if there is none. */
export function problemOf(answer: Answer): Problem | null {
  if (!isProblem(answer) || answer.body === '') return null;
  return JSON.parse(answer.body) as Problem;
}

function isProblem(answer: Answer): boolean {
  const [type] = (headerOf(answer, 'content-type') ?? '').split(';');
  return type === PROBLEM_MEDIA_TYPE;
}

function faultOfAnswer(answer: Answer, isHead: boolean): string | null {
  const injected = answer.headers.find(([name, value]) => !isPlainHeader(name, value));
  if (injected) return `a header carries what was sent: ${JSON.stringify(injected)}`;
  const type = headerOf(answer, 'content-type') ?? '';
  if (type.startsWith('text/html') && answer.body.includes(`<script>${MARK}`)) return 'a page carries markup that was sent';
  if (answer.status < 400) return null;
  // Whoever opens a page that does not exist sees one that says so.
  if (answer.status === 404 && type.startsWith('text/html')) return null;
  if (!isProblem(answer)) return `an error that is no problem+json: ${type}`;
  return isHead ? null : faultOfProblem(answer);
}

function isPlainHeader(name: string, value: string): boolean {
  return /^[a-z0-9-]+$/.test(name) && /^[\t\x20-\x7e]*$/.test(value) && !value.includes(MARK) && !name.includes(MARK);
}

function faultOfProblem(answer: Answer): string | null {
  const problem = problemOf(answer);
  if (problem === null) return 'a problem without a body';
  if (!Object.hasOwn(ERRORS, problem.code)) return `a code that nobody knows: ${problem.code}`;
  const known = ERRORS[problem.code as ErrorCode];
  if (known.status !== answer.status || problem.status !== answer.status) return `${problem.code} with another status`;
  if (answer.status >= 500 && problem.code !== 'LANE_BUSY') return 'an error of the server';
  const names = problem.errors?.every(({ field, detail }) => (field === '' || field.startsWith('/')) && detail !== '') ?? false;
  if (problem.code === 'REQUEST_INVALID' && (!names || problem.errors?.length === 0)) return 'a validation error that names no field';
  return null;
}

function faultOfExpected({ expected, requestId }: Hostile, answer: Answer, isHead: boolean): string | null {
  const said = headerOf(answer, 'x-request-id');
  if (requestId !== null && said !== null && said !== requestId) return `the answer to another request: ${said} for ${requestId}`;
  if (expected.isRefused === true && answer.status < 400) return 'accepted, though it must be refused';
  return isHead ? null : faultOfRefusal(expected, answer);
}

function faultOfRefusal({ codes, field }: Expectation, answer: Answer): string | null {
  const problem = problemOf(answer);
  if (problem === null) return null;
  if (codes !== undefined && !codes.includes(problem.code)) return `${problem.code}, and not one of ${codes.join(', ')}`;
  const named = problem.errors?.[0]?.field;
  if (field === undefined || problem.code !== 'REQUEST_INVALID' || named === undefined) return null;
  return named.startsWith(field) || field.startsWith(named) ? null : `names ${named} where ${field} is wrong`;
}
