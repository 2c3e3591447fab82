import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { textColourOn } from './contrast.ts';
import { countryName, isCountry } from './country-codes.ts';
import { canonicalLanguage, languageKeys } from './language-tags.ts';
import { isHttpsAddress, normalTag } from './normal-text.ts';
import { isShippedPicture, picturePath, SHIPPED_PICTURES } from './pictures.ts';
import { recordedChange } from './recorded-change.ts';

describe('the text on a colour', () => {
  it('is black or white, as WCAG counts', () => {
    assert.deepEqual(textColourOn('#000000'), { colour: '#ffffff', contrast: 21 });
    assert.deepEqual(textColourOn('#ffffff'), { colour: '#000000', contrast: 21 });
    // https://www.w3.org/TR/WCAG22/#contrast-minimum: the grey that just meets 4.5 on white.
    assert.deepEqual(textColourOn('#767676'), { colour: '#000000', contrast: 4.62 });
    assert.deepEqual(textColourOn('#b9472e'), { colour: '#ffffff', contrast: 5.24 });
  });

  it('can be read on every colour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const { colour, contrast } = textColourOn(`#${number.toString(16).padStart(6, '0')}`);
        assert.ok(contrast >= 4.5 && contrast <= 21, `${number.toString(16)} ${colour} ${contrast}`);
      }),
    );
  });
});

describe('countries', () => {
  it('are those of ISO 3166-1, and Kosovo', () => {
    const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
    const all = letters.flatMap((one) => letters.map((other) => one + other)).filter(isCountry);
    assert.equal(all.length, 250);
    for (const code of ['AT', 'US', 'GB', 'TW', 'SS', 'XK']) assert.ok(all.includes(code), code);
    for (const code of ['UK', 'EU', 'ZZ', 'SU', 'XX', 'at', 'AUT', 'A', '', 'A1']) assert.ok(!isCountry(code), code);
    assert.equal(countryName('AT'), 'Austria');
  });
});

describe('languages', () => {
  it('have one spelling, and are found under what they are a kind of', () => {
    assert.equal(canonicalLanguage('DE-at'), 'de-AT');
    assert.equal(canonicalLanguage('iw'), 'he');
    for (const text of ['', 'german', 'deutsch!', 'de_AT', 'd', '*', '\u0001', 'a-b-c']) assert.equal(canonicalLanguage(text), null, text);
    assert.deepEqual(languageKeys(['zh-Hant-TW', 'zh', 'de-AT']), ['zh', 'zh-Hant', 'zh-Hant-TW', 'de', 'de-AT']);
  });
});

describe('tags', () => {
  it('are composed, in lower case, without spaces that nobody sees', () => {
    assert.equal(normalTag('  Jazz   Night '), 'jazz night');
    assert.equal(normalTag('CAFE\u0301'), 'café');
    for (const text of ['', '   ', '\u3000', 'x'.repeat(41)]) assert.equal(normalTag(text), null);
  });

  it('do not change when they are read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const tag = normalTag(text);
        if (tag !== null) assert.equal(normalTag(tag), tag);
      }),
    );
  });
});

describe('addresses', () => {
  it('are https, of a host, without a password', () => {
    for (const text of ['https://a.example', 'https://a.example:8443/b?c#d']) assert.ok(isHttpsAddress(text), text);
    for (const text of ['https://', 'http://a.example', 'https://u:p@a.example', 'https://a b', 'javascript:alert(1)', '//a', '']) {
      assert.ok(!isHttpsAddress(text), text);
    }
  });
});

describe('pictures that ship', () => {
  it('are two dozen, each with words and a path of its own', () => {
    assert.equal(SHIPPED_PICTURES.length, 24);
    assert.equal(new Set(SHIPPED_PICTURES.map(({ id }) => id)).size, 24);
    for (const { id, alt } of SHIPPED_PICTURES) assert.ok(isShippedPicture(picturePath(id)) && alt.length > 10, id);
    for (const path of ['/pictures/x.svg', '/pictures/music-bars', 'music-bars', '/pictures/../pictures/music-bars.svg', '']) {
      assert.ok(!isShippedPicture(path), path);
    }
  });
});

describe('the record of a change', () => {
  it('names what has changed alone, long texts by their beginning', () => {
    assert.equal(recordedChange({ a: [1] }, { a: [1] }), null);
    const recorded = recordedChange({ a: 1, b: ['x'], c: 'short' }, { a: 1, b: ['y'], c: 'y'.repeat(1_000) });
    assert.deepEqual(recorded?.before, { b: ['x'], c: 'short' });
    assert.equal(recorded?.after['c'], `${'y'.repeat(400)}… (1000 characters)`);
  });
});
