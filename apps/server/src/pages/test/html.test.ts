import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { escapeHtml, html } from '../html.ts';

describe('html', () => {
  it('escapes every text that is put in, and nothing that was made by it', () => {
    const inner = html`<b>${'a & b'}</b>`;
    assert.equal(
      html`<p title="${'"x" \'y\''}">${inner}${['<', '>']}</p>`.markup,
      '<p title="&quot;x&quot; &#39;y&#39;"><b>a &amp; b</b>&lt;&gt;</p>',
    );
  });

  it('leaves nothing for null and false, and shows zero', () => {
    assert.equal(html`[${null}${false}${0}${[]}]`.markup, '[0]');
  });

  it('never lets a text out of its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.ok(!/[<>"']/.test(escapeHtml(text)));
        assert.ok(!/&(?!(amp|lt|gt|quot|#39);)/.test(escapeHtml(text)));
      }),
    );
  });
});
