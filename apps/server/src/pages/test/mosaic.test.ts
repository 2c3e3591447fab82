import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import { SHIPPED_PICTURES } from '../../modules/catalog/index.ts';
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

describe('pictures that ship', () => {
  it('are drawn, each another, of every tile and of several colours', () => {
    const pictures = SHIPPED_PICTURES.map(({ id }) => mosaic(id));
    assert.equal(new Set(pictures).size, SHIPPED_PICTURES.length);
    for (const [index, picture] of pictures.entries()) {
      assert.equal(picture.match(/M\d/g)?.length, 32 * 12, SHIPPED_PICTURES[index]?.id);
      assert.ok((picture.match(/fill=/g)?.length ?? 0) >= 3, SHIPPED_PICTURES[index]?.id);
      assert.ok(picture.length < 16_384 && !/NaN|undefined|script|href/.test(picture));
    }
  });

  it('do not change what events without a picture were shown with', () => {
    assert.equal(hash('sha256', mosaic('river'), 'hex').slice(0, 16), '8a7ac04095efc6eb');
  });
});
