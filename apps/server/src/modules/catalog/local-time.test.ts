import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { localText, resolveLocal } from './local-time.ts';

const ZONES = [
  'Europe/Vienna',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'America/Sao_Paulo',
  'Pacific/Apia',
  'Europe/Dublin',
  'America/St_Johns',
  'Pacific/Chatham',
  'Asia/Tehran',
  'Antarctica/Troll',
  'UTC',
];
const zones = fc.constantFrom(...ZONES);
/** Whole minutes from 1990 to 2060. */
const instants = fc.integer({ min: Date.UTC(1990) / 60_000, max: Date.UTC(2060) / 60_000 }).map((minutes) => minutes * 60_000);

function instantOf(text: string, zone: string, fold: 'earlier' | 'later' = 'earlier'): string {
  const found = resolveLocal(text, zone, fold);
  return found.kind === 'instant' ? new Date(found.ms).toISOString() : JSON.stringify(found);
}

describe('a local time', () => {
  it('is the instant at which the clocks show it', () => {
    assert.equal(instantOf('2027-03-28T18:30', 'Europe/Vienna'), '2027-03-28T16:30:00.000Z');
    assert.equal(instantOf('2027-01-01T00:00:15', 'Asia/Kathmandu'), '2026-12-31T18:15:15.000Z');
    assert.equal(localText(Date.parse('2026-12-31T18:15:15Z'), 'Asia/Kathmandu'), '2027-01-01T00:00:15');
    assert.equal(localText(Date.parse('2026-12-31T23:00:00Z'), 'Europe/Vienna'), '2027-01-01T00:00');
  });

  it('that is skipped is told with its neighbours', () => {
    for (const [text, zone, before, after] of [
      ['2027-03-28T02:30', 'Europe/Vienna', '2027-03-28T01:59', '2027-03-28T03:00'],
      ['2027-03-28T02:00', 'Europe/Vienna', '2027-03-28T01:59', '2027-03-28T03:00'],
      ['2027-03-14T02:59', 'America/New_York', '2027-03-14T01:59', '2027-03-14T03:00'],
      ['2027-10-03T02:15', 'Australia/Lord_Howe', '2027-10-03T01:59', '2027-10-03T02:30'],
      ['2018-11-04T00:30', 'America/Sao_Paulo', '2018-11-03T23:59', '2018-11-04T01:00'],
      ['2011-12-30T12:00', 'Pacific/Apia', '2011-12-29T23:59', '2011-12-31T00:00'],
    ] as const) {
      assert.deepEqual(resolveLocal(text, zone), { kind: 'skipped', before, after }, `${text} ${zone}`);
    }
    assert.equal(instantOf('2027-03-28T03:00', 'Europe/Vienna'), '2027-03-28T01:00:00.000Z');
  });

  it('that is there twice is the earlier, unless the later is meant', () => {
    for (const [text, zone, earlier, later] of [
      ['2027-10-31T02:30', 'Europe/Vienna', '2027-10-31T00:30:00.000Z', '2027-10-31T01:30:00.000Z'],
      ['2027-11-07T01:00', 'America/New_York', '2027-11-07T05:00:00.000Z', '2027-11-07T06:00:00.000Z'],
      ['2027-04-04T01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z', '2027-04-03T15:15:00.000Z'],
    ] as const) {
      assert.deepEqual([instantOf(text, zone), instantOf(text, zone, 'later')], [earlier, later], `${text} ${zone}`);
    }
  });

  it('is none where there is no such date', () => {
    for (const text of [
      '2027-02-29T10:00',
      '2027-04-31T10:00',
      '2027-13-01T10:00',
      '2027-01-01T24:00',
      '0000-01-01T00:00',
      '1914-05-01T00:00',
      'nonsense',
      '',
    ]) {
      assert.deepEqual(resolveLocal(text, 'UTC'), { kind: 'no_date' }, text);
    }
    assert.equal(instantOf('2028-02-29T10:00:00', 'UTC'), '2028-02-29T10:00:00.000Z');
  });

  it('of an instant leads back to it, by one of the two folds', () => {
    fc.assert(
      fc.property(instants, zones, (ms, zone) => {
        const text = localText(ms, zone);
        const found = (['earlier', 'later'] as const).map((fold) => resolveLocal(text, zone, fold));
        assert.ok(
          found.some((one) => one.kind === 'instant' && one.ms === ms),
          `${text} in ${zone}`,
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('is resolved to an instant that shows it, or lies between its neighbours', () => {
    fc.assert(
      fc.property(instants, zones, (wallMs, zone) => {
        const text = new Date(wallMs).toISOString().slice(0, 16);
        const [earlier, later] = [resolveLocal(text, zone), resolveLocal(text, zone, 'later')];
        if (earlier.kind === 'instant' && later.kind === 'instant') {
          assert.ok(earlier.ms <= later.ms);
          for (const { ms } of [earlier, later]) assert.equal(localText(ms, zone), text);
          return;
        }
        assert.deepEqual(earlier, later);
        assert.ok(earlier.kind === 'skipped' && earlier.before < text && text < earlier.after, `${text} in ${zone}`);
        const sides = [earlier.before, earlier.after].map((side) => resolveLocal(side, zone, 'later'));
        assert.ok(sides.every(({ kind }) => kind === 'instant'));
      }),
      { numRuns: 2_000 },
    );
  });

  it('on every day of two years on which clocks change resolves as it is shown', () => {
    const dayMs = 86_400_000;
    const aheadMs = (ms: number, zone: string) => Date.parse(`${localText(ms, zone)}Z`) - ms;
    for (const zone of ZONES) {
      for (let day = Date.UTC(2026, 0, 1); day < Date.UTC(2028, 0, 1); day += dayMs) {
        if (aheadMs(day, zone) === aheadMs(day + dayMs, zone)) continue;
        for (let ms = day; ms < day + dayMs; ms += 300_000) {
          const found = (['earlier', 'later'] as const).map((fold) => resolveLocal(localText(ms, zone), zone, fold));
          const leadsBack = found.some((one) => one.kind === 'instant' && one.ms === ms);
          assert.ok(leadsBack, `${new Date(ms).toISOString()} in ${zone}`);
        }
      }
    }
  });
});
