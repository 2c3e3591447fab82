import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { ERRORS, type ErrorCode } from '@tessera/contract';
import { openHouses } from './houses.ts';
import { ASKS, ownParams, type Ask } from './policies/asks.ts';
import type { Caller } from './policies/callers.ts';
import { buildFingerprint, type Fingerprint } from './policies/fingerprint.ts';
import { operationsOf, type Operation } from './policies/operations.ts';
import { DOCUMENTED, POLICIES } from './policies/policies.ts';
import { setScene, type Scene } from './policies/scene.ts';
import { verdictOn } from './policies/verdict.ts';

// Before the tests are named: they are made from the route table.
const houses = await openHouses();
const operations = operationsOf(houses.routes);

const FEW = 3;

let scene: Scene;
let fingerprint: Fingerprint;
before(async () => {
  scene = await setScene(houses);
  fingerprint = await buildFingerprint(houses.db);
});
after(() => houses.close());

test('every route has a policy and a request, and nothing else has', () => {
  const names = operations.map(({ name }) => name).sort();
  assert.deepEqual(names, Object.keys(POLICIES).sort());
  assert.deepEqual(names, Object.keys(ASKS).sort());
});

test('what a route says of itself, what the document says and what is written here is the same', () => {
  for (const { name, audience, security } of operations) {
    const policy = POLICIES[name];
    assert.equal(audience, typeof policy === 'string' ? policy : 'member', name);
    if (security) assert.deepEqual([...security].sort(), [...DOCUMENTED[audience]].sort(), `${name}: the document`);
  }
});

test('HEAD is for whom GET is', () => {
  const audiences = new Map(houses.routes.map(({ method, path, ...rest }) => [`${method} ${path}`, rest]));
  for (const { method, path, ...rest } of houses.routes) {
    if (method === 'HEAD' && !path.startsWith('/docs')) assert.deepEqual(audiences.get(`GET ${path}`), rest, path);
  }
});

for (const operation of operations) {
  test(`${operation.name}, asked by everybody`, async () => {
    const ask = ASKS[operation.name]!;
    const params = { ...ownParams(scene), ...(await ask.params?.(scene)) };
    const isLetIn = ({ is }: Caller) => verdictOn(operation.name, POLICIES[operation.name]!, is) === 'in';
    const isOwner = ({ name }: Caller) => ask.of === undefined || ask.of === name || operation.audience === 'secret';
    const before = await settled();
    for (const caller of scene.callers.filter((each) => !isLetIn(each))) await assertRefused(operation, params, caller);
    for (const caller of scene.callers.filter((each) => isLetIn(each) && !isOwner(each))) {
      assertIs('NOT_FOUND', await send(operation, params, caller.token), caller, operation);
    }
    assert.deepEqual(await settled(), before, 'whoever was refused has written something');
    const owners = scene.callers.filter((each) => isLetIn(each) && isOwner(each));
    assert.ok(owners.length > 0 || operation.audience === 'provider', 'nobody may');
    for (const caller of ask.isSlow || ask.isLast ? owners.slice(0, FEW) : owners) await assertDone(operation, params, caller);
  });
}

async function assertRefused(operation: Operation, params: Params, caller: Caller): Promise<void> {
  const verdict = verdictOn(operation.name, POLICIES[operation.name]!, caller.is);
  assertIs(verdict, await send(operation, params, caller.token), caller, operation);
}

/** By whoever may; and what leaves nothing to ask afterwards, by somebody new. */
async function assertDone(operation: Operation, params: Params, caller: Caller): Promise<void> {
  const { isLast, right } = ASKS[operation.name]!;
  const isSpared = isLast === true && caller.is.kind === 'person';
  const token = isSpared ? (await houses.newPerson()).access_token : caller.token;
  const answer = await send(operation, params, token);
  assert.equal(answer.statusCode, right, `${caller.name}: ${answer.body}`);
}

type Params = Readonly<Record<string, string>>;
type Answer = Awaited<ReturnType<Scene['send']>>;

async function send({ name, method, path }: Operation, params: Params, token: string | null): Promise<Answer> {
  const filled = path.replace(/\{(\w+)\}/g, (_whole, param: string) => params[param] ?? '');
  const { body, query } = ASKS[name] as Ask;
  return scene.send({ method, path: query === undefined ? filled : `${filled}?${query}`, token, body: await body?.(scene) });
}

function assertIs(code: string, answer: Answer, { name }: Caller, { statuses }: Operation): void {
  const { status } = ERRORS[code as ErrorCode];
  assert.equal(answer.statusCode, status, `${name}: ${answer.body}`);
  assert.equal(answer.json<{ code: string }>().code, code, `${name}: ${answer.body}`);
  if (statuses) assert.ok(statuses.includes(status), `${name}: ${status} is not documented`);
  assert.equal(answer.headers['www-authenticate'] !== undefined, status === 401, `${name}: a challenge`);
}

/** What goes on after an answer, as mails, has ended when two looks see the same. */
async function settled(): ReturnType<Fingerprint> {
  for (let last = await fingerprint(); ; ) {
    const now = await fingerprint();
    if (isDeepStrictEqual(now, last)) return now;
    last = now;
  }
}
