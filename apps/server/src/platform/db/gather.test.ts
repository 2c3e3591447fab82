import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildGather } from './gather.ts';

type Loaded = { group: string; keys: readonly string[] };

function watched(answer: (group: string, keys: readonly string[]) => Promise<readonly string[]>, max?: number) {
  const loaded: Loaded[] = [];
  const gather = buildGather<string>({
    load: (group, keys) => {
      loaded.push({ group, keys: [...keys] });
      return answer(group, keys);
    },
    ...(max !== undefined && { max }),
  });
  return { gather, loaded };
}

const echo = async (group: string, keys: readonly string[]) => keys.map((key) => `${group} ${key}`);

test('what is asked for in one turn is one statement a group, and each has its own answer', async () => {
  const { gather, loaded } = watched(echo);
  const asked = await Promise.all([gather('a', '1'), gather('a', '2'), gather('b', '1'), gather('a', '2')]);
  assert.deepEqual(asked, ['a 1', 'a 2', 'b 1', 'a 2']);
  assert.deepEqual(loaded, [
    { group: 'a', keys: ['1', '2', '2'] },
    { group: 'b', keys: ['1'] },
  ]);
});

test('what arrives while a statement is under way is asked for by the next one, never by that', async () => {
  const first = Promise.withResolvers<void>();
  const { gather, loaded } = watched(async (group, keys) => {
    if (keys.includes('1')) await first.promise;
    return echo(group, keys);
  });
  const one = gather('a', '1');
  await new Promise((resolve) => setImmediate(resolve));
  const others = [gather('a', '2'), gather('a', '3')];
  first.resolve();
  assert.deepEqual(await Promise.all([one, ...others]), ['a 1', 'a 2', 'a 3']);
  assert.deepEqual(
    loaded.map(({ keys }) => keys),
    [['1'], ['2', '3']],
  );
});

test('a statement takes so many keys at most', async () => {
  const { gather, loaded } = watched(echo, 2);
  await Promise.all(['1', '2', '3', '4', '5'].map((key) => gather('a', key)));
  assert.deepEqual(
    loaded.map(({ keys }) => keys.length),
    [2, 2, 1],
  );
});

test('a statement that fails fails for who asked for it, and for nobody else', async () => {
  const { gather } = watched(async (group, keys) => (keys.includes('bad') ? Promise.reject(new Error('away')) : echo(group, keys)), 1);
  const ends = await Promise.allSettled([gather('a', 'good'), gather('a', 'bad'), gather('a', 'fine')]);
  assert.deepEqual(
    ends.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  );
  assert.equal(await gather('a', 'again'), 'a again');
});
