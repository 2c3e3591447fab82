import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { takeTurns } from './take-turns.ts';

type Stand = { arrive: (from: number, to: number) => IncomingMessage[]; begun: number[] };

/** A server that notes which requests it has begun, each told by its number. */
function buildStand(): Stand {
  const begun: number[] = [];
  const server: Server = createServer((request) => begun.push(Number(request.url)));
  takeTurns(server);
  const arrive = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => {
      const request = { url: String(from + index), socket: { destroyed: false } } as unknown as IncomingMessage;
      server.emit('request', request, {} as ServerResponse);
      return request;
    });
  return { arrive, begun };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('a few requests are begun at once', () => {
  const { arrive, begun } = buildStand();
  arrive(0, 3);
  assert.deepEqual(begun, upTo(3));
});

test('a crowd is begun in parts, in its order, and who comes later waits behind it', async () => {
  const { arrive, begun } = buildStand();
  arrive(0, 100);
  assert.ok(begun.length < 100, 'all were begun in one turn');
  const atOnce = begun.length;
  await nextTurn();
  assert.ok(begun.length > atOnce && begun.length < 100, 'the second turn has no part of its own');
  arrive(100, 110);
  while (begun.length < 110) await nextTurn();
  assert.deepEqual(begun, upTo(110));
});

test('other work comes in between the parts', async () => {
  const { arrive, begun } = buildStand();
  let begunAtWork = 0;
  setImmediate(() => {
    begunAtWork = begun.length;
  });
  arrive(0, 100);
  while (begun.length < 100) await nextTurn();
  assert.ok(begunAtWork < 100, 'the crowd was begun before work that was there first');
});

test('who has hung up before its turn is not begun', async () => {
  const { arrive, begun } = buildStand();
  const requests = arrive(0, 100);
  Object.assign(requests[99]!.socket, { destroyed: true });
  for (let turn = 0; turn < 100; turn++) await nextTurn();
  assert.deepEqual(begun, upTo(99));
});

test('a quiet moment later a few are begun at once again', async () => {
  const { arrive, begun } = buildStand();
  arrive(0, 100);
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  arrive(100, 103);
  assert.deepEqual(begun, upTo(103));
});
