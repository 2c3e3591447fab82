import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mosaic } from '../mosaic.ts';

describe('a mosaic', () => {
  it('is the same for a name, and another for another', () => {
    assert.equal(mosaic('river'), mosaic('river'));
    assert.notEqual(mosaic('river'), mosaic('hill'));
  });

  it('is small, has every tile, and nothing that runs', () => {
    const picture = mosaic('river');
    assert.ok(picture.length < 16_384);
    assert.equal(picture.match(/M\d/g)?.length, 32 * 12);
    assert.ok(!/script|href|on\w+=/.test(picture));
  });
});
