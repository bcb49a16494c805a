/**
 * What every document scanner must do: run on the eSCL emulator and on SANE's virtual scanner always, and on a real one when
 * JINBAN_TEST_DOCUMENT_SCANNER names it, by an eSCL address or a SANE device: then a page must lie on its glass.
 */
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../wire/clock.ts';
import { settled } from '../technician.ts';
import { openScanDriver } from './open.ts';
import { openDocumentScanner } from './service.ts';
import { hasScanimage, readAll, withEscl, withSane, wordsOf } from './test-rig.ts';
import type { DocumentScanner } from './types.ts';

type Use = (body: (scanner: DocumentScanner) => Promise<void>) => Promise<void>;
const A_WHILE = 120_000;
const GLASS = { source: 'flatbed', resolution: 150, colour: 'grey' } as const;

function scannerContract(use: Use): void {
  test('it is there, says what it has, and scans the page on its glass', () => use(async (scanner) => {
    expect(await settled(scanner)).toMatchObject({ kind: 'online' });
    expect(scanner.capabilities()?.sources.map(({ source }) => source)).toContain('flatbed');
    const told = await readAll(scanner, GLASS);
    expect(told.map(({ kind }) => kind)).toEqual(['scanning', 'page', 'done']);
    const [page] = told.flatMap((reading) => (reading.kind === 'page' ? [reading.page] : []));
    expect(page).toMatchObject({ type: 'image/jpeg', dpi: expect.any(Number), width: expect.any(Number) });
    expect(scanner.status()).toMatchObject({ kind: 'online' });
  }), A_WHILE);

  test('whoever leaves gets no page any more, and the next scan is whole', () => use(async (scanner) => {
    await settled(scanner);
    const left = new AbortController();
    expect((await readAll(scanner, GLASS, () => left.abort(), left.signal)).map(({ kind }) => kind)).toEqual(['scanning']);
    expect((await readAll(scanner, GLASS)).map(({ kind }) => kind)).toEqual(['scanning', 'page', 'done']);
  }), A_WHILE);

  test('a newer scan ends an older one quietly', () => use(async (scanner) => {
    await settled(scanner);
    const [older, newer] = [readAll(scanner, GLASS), readAll(scanner, GLASS)];
    expect((await older).filter(({ kind }) => kind !== 'scanning')).toEqual([]);
    expect(wordsOf(await newer).at(-1)).toBe('done 1');
  }), A_WHILE);

  test('after it was closed nothing is scanned', () => use(async (scanner) => {
    await scanner.close();
    expect(await readAll(scanner, GLASS)).toEqual([]);
  }), A_WHILE);
}

const named = process.env['JINBAN_TEST_DOCUMENT_SCANNER'] ?? '';

const onNamed: Use = async (body) => {
  const scanner = openDocumentScanner({ driver: openScanDriver(/^https?:/.test(named) ? { kind: 'escl', url: named } : { kind: 'sane', device: named }, systemClock), clock: systemClock });
  try {
    await body(scanner);
  } finally {
    await scanner.close();
  }
};

describe('scanner contract on the eSCL emulator', () => {
  scannerContract((body) => withEscl(body));
});

describe.skipIf(!hasScanimage)("scanner contract on SANE's virtual scanner (needs scanimage)", () => {
  scannerContract((body) => withSane(body));
});

describe.skipIf(named === '')('scanner contract on the device named by JINBAN_TEST_DOCUMENT_SCANNER', () => {
  scannerContract(onNamed);
});
