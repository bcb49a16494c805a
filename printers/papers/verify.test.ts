import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { draw } from './draw.ts';
import { sampleElderCard } from './fixtures.ts';
import { openFontChain } from './fonts.ts';
import type { Sheet } from './layout/commands.ts';
import { compose } from './render.ts';
import { textOf } from './test-rig.ts';
import { checkDrawnGlyphs, countGlyphs, countPages } from './verify.ts';

const fonts = openFontChain({ further: [] });
const settings = { title: 'test', madeAt: new Date(0) };

/** The same file with the page's content changed, as a faulty library would have written it. */
function tampered(pdf: Uint8Array, change: (content: string) => string): Uint8Array {
  const bytes = Buffer.from(pdf);
  const number = /\/Contents (\d+) 0 R/.exec(bytes.toString('latin1'))?.[1];
  const object = bytes.indexOf(`\n${number} 0 obj`);
  const start = bytes.indexOf('stream\n', object) + 7;
  const length = Number(/\/Length (\d+)/.exec(bytes.toString('latin1', object, start))?.[1]);
  const content = deflateSync(Buffer.from(change(inflateSync(bytes.subarray(start, start + length)).toString('latin1')), 'latin1'));
  const head = bytes.toString('latin1', 0, start).replace(/\/Length \d+(?=[^]{0,60}stream\n$)/, `/Length ${content.length}`);
  return new Uint8Array(Buffer.concat([Buffer.from(head, 'latin1'), content, bytes.subarray(start + length)]));
}

describe('the last look at a finished page', () => {
  test('finds a lost glyph and a glyph that turned into the missing one', async () => {
    const sheets = compose(sampleElderCard, { fonts });
    if (!sheets.ok) throw new Error('this document has no missing glyphs');
    const pdf = await draw(sheets.value, fonts, settings);
    expect(() => checkDrawnGlyphs(pdf, sheets.value)).not.toThrow();
    const whole = countGlyphs(pdf).glyphs;
    const lost = tampered(pdf, (content) => content.replace(/<([0-9a-f]{4})/, '<'));
    expect(countGlyphs(lost).glyphs).toBe(whole - 1);
    expect(() => checkDrawnGlyphs(lost, sheets.value)).toThrow(/glyphs drawn for/);
    const blank = tampered(pdf, (content) => content.replace(/<[0-9a-f]{4}/, '<0000'));
    expect(() => checkDrawnGlyphs(blank, sheets.value)).toThrow(/missing glyph/);
  });

  test('counts over all pages', async () => {
    const sheet = (text: string): Sheet => {
      const run = fonts.cut(text, 'sans');
      if (!run.ok) throw new Error('no glyph');
      return { width: 200, height: 100, commands: run.value.map((piece) => ({ kind: 'text', x: 10, y: 50, text: piece.text, font: piece.font, size: 10, width: piece.width * 10, colour: '#000000', spacing: 0, angle: 0 })) };
    };
    const pdf = await draw([sheet('漹㛃'), sheet('𬭛')], fonts, settings);
    expect(countPages(pdf)).toBe(2);
    expect(countGlyphs(pdf)).toEqual({ glyphs: 3, missing: 0 });
    // Hyphen and non-breaking hyphen, en dash and figure dash share their glyphs in Noto, and must not share their meaning.
    const twins = await draw([sheet('-\u2011–\u2012')], fonts, settings);
    expect(textOf(twins).trim()).toBe('-\u2011–\u2012');
  });
});
