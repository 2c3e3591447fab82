import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { countText, dateText, minutesText, priceText } from '../format.ts';

describe('prices', () => {
  it('read in the currency’s own digits', () => {
    assert.equal(priceText(1800, 'EUR'), '€18.00');
    assert.equal(priceText(1800, 'JPY'), '¥1,800');
    assert.equal(priceText(1800, 'KWD').replace(/\s/, ' '), 'KWD 1.800');
    assert.equal(priceText(1_234_500, 'HUF').replace(/\s/, ' '), 'HUF 12,345.00', 'as ISO 4217 counts, not as Intl does');
    assert.equal(priceText(0, 'EUR'), 'Free');
  });
});

describe('times', () => {
  it('are those of the venue', () => {
    assert.equal(dateText('2026-12-24T17:30:00Z', 'Europe/Vienna'), 'Thursday 24 December 2026, 18:30');
    assert.equal(dateText('2026-12-31T23:30:00Z', 'Asia/Tokyo'), 'Friday 1 January 2027, 08:30');
  });
});

describe('counts and lengths', () => {
  it('read as people say them', () => {
    assert.equal(countText(12_040), '12,040');
    assert.deepEqual([1, 5, 60, 600].map(minutesText), ['1 second', '5 seconds', '1 minute', '10 minutes']);
  });
});
