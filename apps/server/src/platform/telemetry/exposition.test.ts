import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Exposition } from './exposition.ts';

test('a histogram counts values up to and with each bound, cumulatively', () => {
  const exposition = new Exposition();
  const histogram = exposition.histograms('wait_seconds', 'Time.', [0.1, 1]).with({ lane: 'a"b\\c\n' });
  for (const value of [0.05, 0.1, 0.5, 1, 7]) histogram.observe(value);
  assert.equal(
    exposition.text(),
    [
      '# HELP wait_seconds Time.',
      '# TYPE wait_seconds histogram',
      String.raw`wait_seconds_bucket{lane="a\"b\\c\n",le="0.1"} 2`,
      String.raw`wait_seconds_bucket{lane="a\"b\\c\n",le="1"} 4`,
      String.raw`wait_seconds_bucket{lane="a\"b\\c\n",le="+Inf"} 5`,
      String.raw`wait_seconds_sum{lane="a\"b\\c\n"} 8.65`,
      String.raw`wait_seconds_count{lane="a\"b\\c\n"} 5`,
      '',
    ].join('\n'),
  );
});

test('a series is made once for its labels; a gauge is read when it is asked for', () => {
  const exposition = new Exposition();
  const family = exposition.counters('sold_total', 'Sold.');
  family.with({ of: 'x' }).add();
  family.with({ of: 'x' }).add(2);
  let level = 1;
  exposition.gauge('level', 'Level.', () => level, { of: 'x' });
  exposition.gauge('level', 'Level.', () => 9, { of: 'y' });
  level = 5;
  assert.equal(
    exposition.text(),
    '# HELP sold_total Sold.\n# TYPE sold_total counter\nsold_total{of="x"} 3\n# HELP level Level.\n# TYPE level gauge\nlevel{of="x"} 5\nlevel{of="y"} 9\n',
  );
});
