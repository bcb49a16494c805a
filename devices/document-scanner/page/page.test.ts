import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { createCanvas } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import type { ScannedPage } from '../../../domain/contracts/document-scanner.ts';
import { paperOf } from '../../../domain/material/findings.ts';
import { skewOf } from '../../../domain/material/skew.ts';
import { samplePage } from '../sample-pages.ts';
import { headerOf } from './header.ts';
import { readPage } from './page.ts';
import { addPages, movePage, type PageList, removePage, retakePage, straightenPage, turnPage } from './pages.ts';
import { asListed, pdfOf } from './pdf.ts';
import { decodePicture, greyPicture } from './raster.ts';

const DPI = 100;
const clean = await samplePage(1)(DPI, 'colour');

async function scanned(bytes: Uint8Array, dpi = DPI): Promise<ScannedPage> {
  const page = await readPage({ bytes, dpi, doubleFeed: false });
  if (!page.ok) throw new Error(page.error.detail);
  return page.value;
}

describe('a page as it came', () => {
  test('is kept as it is when it is a JPEG of reasonable size, with nothing to find on it', async () => {
    const { bytes, ...page } = await scanned(clean);
    expect(page).toEqual({ type: 'image/jpeg', width: 827, height: 1169, dpi: DPI, findings: [] });
    expect(Buffer.compare(bytes, clean)).toBe(0);
  });

  test.each([[0, ['blank']], [3, ['skewed']]])('of %d is found to be so', async (kind, findings) => {
    const page = await scanned(kind === 0 ? await samplePage(0)(DPI, 'grey') : await samplePage(1, kind)(DPI, 'grey'));
    expect(page.findings.map((finding) => finding.kind)).toEqual(findings);
  });

  test('under which the sensor saw two sheets says so', async () => {
    expect(await readPage({ bytes: clean, dpi: DPI, doubleFeed: true })).toMatchObject({ ok: true, value: { findings: [{ kind: 'double-feed' }] } });
  });

  test('becomes a JPEG when it is a PNG', async () => {
    const canvas = createCanvas(400, 600);
    const page = await scanned(new Uint8Array(canvas.toBuffer('image/png')));
    expect(page).toMatchObject({ type: 'image/jpeg', width: 400, height: 600 });
    expect(headerOf(page.bytes)).toEqual({ type: 'image/jpeg', width: 400, height: 600 });
  });

  test('that promises more dots than there is memory is not decoded', async () => {
    const bomb = Uint8Array.from(clean);
    const at = clean.findIndex((value, index) => value === 0xff && (clean[index + 1] === 0xc0 || clean[index + 1] === 0xc2));
    bomb.set([0xff, 0xff, 0xff, 0xff], at + 5);
    expect(headerOf(bomb)).toMatchObject({ width: 65_535, height: 65_535 });
    expect(await decodePicture(bomb)).toEqual({ ok: false, error: { kind: 'garbled', detail: 'size of the picture' } });
  });

  test('cut off anywhere, or damaged anyhow, is refused or read, and nothing else happens', async () => {
    const png = new Uint8Array(createCanvas(100, 100).toBuffer('image/png'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(clean, png), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 8 }), fc.option(fc.nat()), async (whole, changes, cut) => {
        const bytes = Uint8Array.from(whole);
        // Half of the changes go to where the picture says what it is.
        for (const [at, value] of changes) bytes[at % (value % 2 === 0 ? 64 : bytes.length)] = value;
        const read = await readPage({ bytes: cut === null ? bytes : bytes.subarray(0, cut % bytes.length), dpi: DPI, doubleFeed: false });
        if (cut !== null && cut % bytes.length < bytes.length - 8192) expect(read.ok).toBe(false);
        else expect([true, false]).toContain(read.ok);
      }),
      { numRuns: 60 },
    );
  });
});

const list = addPages([], [await scanned(clean)]);

describe('turning', () => {
  test('straightening leaves less than half a degree of any skew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: -10, max: 10, noNaN: true }), async (degrees) => {
        const page = await scanned(await samplePage(1, degrees)(DPI, 'grey'));
        const straight = await asListed(straightenPage(addPages([], [page]), 0)[0] as PageList[number]);
        const decoded = straight.ok ? await decodePicture(straight.value.bytes) : straight;
        if (!decoded.ok) throw new Error(decoded.error.detail);
        const grey = greyPicture(decoded.value);
        // Less than a degree is no finding, and stays.
        expect(Math.abs(skewOf(grey, paperOf(grey) - 60) ?? 90)).toBeLessThan(Math.abs(degrees) < 1.1 ? 1.2 : 0.5);
      }),
      { numRuns: 8 },
    );
  });

  test('a quarter turn lays the page on its side, four are none, and the page itself stays untouched', async () => {
    const once = turnPage(list, 0, 1);
    expect(await asListed(once[0] as PageList[number])).toMatchObject({ ok: true, value: { width: 1169, height: 827 } });
    expect(turnPage(once, 0, -1)[0]?.turns).toBe(0);
    expect(turnPage(list, 0, 4)[0]?.turns).toBe(0);
    const untouched = await asListed(list[0] as PageList[number]);
    expect(untouched.ok && Buffer.compare(untouched.value.bytes, clean)).toBe(0);
  });
});

describe('the list of pages', () => {
  const named = (dpi: number): ScannedPage => ({ type: 'image/jpeg', bytes: new Uint8Array(), width: 827, height: 1169, dpi, findings: [{ kind: 'skewed', degrees: 2 }] });
  const list = addPages([], [named(1), named(2), named(3)]);
  const order = (pages: PageList) => pages.map(({ page }) => page.dpi);

  test('is put into another order, loses pages and gets newer ones', () => {
    expect(order(movePage(list, 2, 0))).toEqual([3, 1, 2]);
    expect(order(movePage(list, 0, 2))).toEqual([2, 3, 1]);
    expect(order(removePage(list, 1))).toEqual([1, 3]);
    expect(order(retakePage(list, 1, named(9)))).toEqual([1, 9, 3]);
    expect(retakePage(turnPage(list, 1, 1), 1, named(9))[1]).toMatchObject({ turns: 0, straighten: 0 });
    expect(straightenPage(list, 1)[1]).toMatchObject({ straighten: 2 });
    expect(order(list)).toEqual([1, 2, 3]);
  });

  test('moving a page there and back changes nothing, whichever', () => {
    fc.assert(fc.property(fc.nat(2), fc.nat(2), (from, to) => {
      expect(movePage(movePage(list, from, to), to, from)).toEqual(list);
    }));
  });

  test.each([-1, 3, 0.5, Number.NaN])('has no page at %d', (place) => {
    expect(() => removePage(list, place)).toThrow(RangeError);
    expect(() => movePage(list, 0, place)).toThrow(RangeError);
    expect(() => turnPage(list, place, 1)).toThrow(RangeError);
  });
});

describe('the file of all pages', () => {
  const settings = { title: 'Scan', madeAt: new Date(Date.UTC(2026, 10, 23)) };

  test('has each at the size of its sheet, in order, and is the same every time', async () => {
    const turned = turnPage(addPages([], [await scanned(clean), await scanned(await samplePage(2)(150, 'grey'), 150)]), 1, 1);
    const [one, other] = [await pdfOf(turned, settings), await pdfOf(turned, settings)];
    if (!one.ok) throw new Error(one.error.detail);
    expect(other.ok && Buffer.compare(one.value, other.value)).toBe(0);
    const sizes = execFileSync('pdfinfo', ['-f', '1', '-l', '9', '-'], { input: one.value, encoding: 'utf8' }).match(/size: .*pts/g);
    expect(sizes?.map((line) => (line.match(/[\d.]+/g) ?? []).map((points) => Math.round((Number(points) / 72) * 25.4)))).toEqual([[210, 297], [297, 210]]);
  });

  test('is not made of a damaged page', async () => {
    const damaged = turnPage(addPages([], [{ ...(await scanned(clean)), bytes: new Uint8Array(clean.subarray(0, 2000)) }]), 0, 1);
    expect(await pdfOf(damaged, settings)).toMatchObject({ ok: false, error: { kind: 'garbled' } });
  });
});
