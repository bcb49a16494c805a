import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { decodeTextBlock, encodeTextBlock } from '../../devices/id-card-reader/text-block.ts';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { maskName } from '../../domain/masking.ts';
import { checkName } from '../../domain/names/name.ts';
import { checkForm } from '../../domain/item/form.ts';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { sampleElderCard, sampleReceipt } from '../../printers/papers/fixtures.ts';
import { renderDocument } from '../../printers/papers/render.ts';
import { fonts, squeeze } from '../../printers/papers/test-render.ts';
import { textOf } from '../../printers/papers/test-rig.ts';
import { readPartsIndex } from '../../renderer/ui/keyboard/parts.ts';
import { HARD_NAMES } from '../fixtures/names.ts';
import { packItem, PGLITE, signInAt, type TestConsole } from '../fixtures/hall.ts';
import { hallOfSuite } from '../fixtures/served-hall.ts';
import { handInAt } from '../rigs/window.ts';

const data = (name: string) => readFileSync(new URL(`../../renderer/ui/keyboard/data/${name}.txt`, import.meta.url), 'utf8');
/** A place for a name on the chip has 15 UTF-16 units; foreigners' cards have room for 46 letters. */
const CHIP_NAME = 15;
const ELDER_CARD = packItem('elder-card');

/** What a paper says of a name: the text of the file, or the characters that stopped it. */
async function printed(document: PaperDocument): Promise<{ kind: 'printed'; text: string } | { kind: 'missing-glyph'; codePoints: string[] }> {
  const pdf = await renderDocument(document, { fonts });
  return pdf.ok ? { kind: 'printed', text: squeeze(textOf(pdf.value)) } : pdf.error;
}

describe('a legal name, from the card to the certificate', () => {
  const served = hallOfSuite(PGLITE);
  let clerk: TestConsole;
  beforeAll(async () => {
    clerk = await signInAt(served.hall, 'wang', 'clerk');
  });

  test.each(HARD_NAMES.filter(({ name }) => name.length <= CHIP_NAME || /^[A-Z, ]+$/.test(name)))('card and form: $name ($says) is read and handed in as it is', ({ name }) => {
    const holder = /^[A-Z, ]+$/.test(name) ? { ...PRESETS['foreigner-2023'], englishName: name } : { ...PRESETS.zhang, name };
    expect(decodeTextBlock(encodeTextBlock(holder))).toEqual({ ok: true, value: holder });
  });

  test.each(HARD_NAMES)('form: $name ($says) is taken as typed', ({ name }) => {
    expect(checkName(name)).toEqual({ ok: true, value: name });
    const filled = { town: '330624002', address: '浙江省新昌县测试路1号', localHousehold: true, phone: '13800138000', emergencyName: name, emergencyRelation: 'child', emergencyPhone: '13900139000' };
    expect(checkForm(ELDER_CARD.form, filled)).toMatchObject({ ok: true, value: { emergencyName: name } });
  });

  test('keyboard: every character is typed by pinyin or chosen by parts; only scripts without Chinese characters and marks that no key has are left', () => {
    const parts = readPartsIndex(data('parts'));
    // Where the dictionary's characters stand by their syllables; that each is offered there has a test of its own.
    const [byPinyin = ''] = data('words').split('\n#words\n');
    const left = new Set<string>();
    for (const letter of HARD_NAMES.flatMap(({ name }) => [...name])) {
      const isTypable = byPinyin.includes(letter) || /[A-Za-z, ·]/.test(letter) || parts.find(parts.partsOf(letter)).characters.includes(letter);
      if (!isTypable) left.add(letter);
    }
    // Compatibility characters, selectors, other dots: the card gives them, and a search for the plain spelling finds the case.
    expect([...left]).toEqual(['\uF9D0', '\u{2F804}', '\u{E0100}', '•', 'ꀉ', 'ꑭ', 'ꐚ', ...new Set('ཚེ་རིང་')]);
  });

  test('search: a case is found at the hall by the name and by every spelling like it, and by no other', async () => {
    const item = packItem('water-permit');
    const cases = await Promise.all(HARD_NAMES.map(async ({ name, alike }) => {
      const { id, body } = await handInAt(clerk, { itemCode: item.code, materials: ['third-party', 'location', 'meter'], applicant: { name, number: '330624199001010018', address: '浙江省新昌县测试路2号', birth: null }, phone: '13800005678' });
      expect(body, name).toMatchObject({ ok: true });
      return { name, id, alike };
    }));
    for (const { name, id, alike } of cases) {
      for (const query of [name, ...alike]) {
        const { body } = await clerk.call('POST', '/inbox', { stage: 'all', query, order: 'duty', after: '', limit: 50 });
        const rows = body.rows as { id: string; person: string }[];
        expect(rows.map((row) => row.id), query).toEqual([id]);
        // The name is handed back as it came, whatever was typed to find it.
        expect(rows[0]?.person).toBe(name);
      }
    }
  }, 120_000);

  test.each(HARD_NAMES)('papers: $name ($says) stands whole on receipt and certificate, or the print stops and names the characters', async ({ name }) => {
    const certificate = await printed({ ...sampleElderCard, certificate: { ...sampleElderCard.certificate, holder: name } });
    const receipt = await printed({ ...sampleReceipt, person: maskName(name) });
    const unknown = [...name].filter((letter) => !fonts.cut(letter, 'serif').ok);
    if (unknown.length === 0) expect(certificate).toMatchObject({ kind: 'printed', text: expect.stringContaining(squeeze(name)) });
    else expect(certificate).toEqual({ kind: 'missing-glyph', codePoints: [...new Set(unknown)].map((letter) => `U+${(letter.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`) });
    if (fonts.cut(maskName(name), 'sans').ok) expect(receipt).toMatchObject({ kind: 'printed', text: expect.stringContaining(squeeze(maskName(name))) });
    else expect(receipt.kind).toBe('missing-glyph');
  });
});
