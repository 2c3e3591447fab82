import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildNews } from './news.ts';

const LONG_MS = 60_000;

test('who listens hears what is told afterwards, once, and others do not', async () => {
  const news = buildNews();
  const [one, same, other] = [news.listen('a'), news.listen('a'), news.listen('b')];
  let hasOtherHeard = false;
  void other.heard(LONG_MS).then(() => {
    hasOtherHeard = true;
  });
  news.tell('a');
  await Promise.all([one.heard(LONG_MS), same.heard(LONG_MS)]);
  assert.equal(hasOtherHeard, false);
  news.tell('b');
  await other.heard(LONG_MS);
});

test('what was told between listening and waiting is heard', async () => {
  const news = buildNews();
  const listener = news.listen('a');
  news.tell('a');
  await listener.heard(LONG_MS);
});

test('nobody waits longer than they said, or when the process closes', async () => {
  const news = buildNews();
  assert.equal(await news.listen('a').heard(5), true);
  const late = news.listen('a').heard(LONG_MS);
  news.close();
  assert.equal(await late, false);
  assert.equal(await news.listen('a').heard(LONG_MS), false);
});
