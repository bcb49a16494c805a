import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeCapabilities, decodeScanSettings, decodeStatus, encodeCapabilities, encodeScanSettings, encodeStatus } from './codec.ts';
import type { InputCaps } from './codec.ts';
import { LARGEST_XML } from './xml.ts';

const golden = (name: string) => new Uint8Array(readFileSync(new URL(`golden/${name}.xml`, import.meta.url)));
const bytes = (text: string) => new TextEncoder().encode(text);
const word = fc.stringMatching(/^[A-Za-z0-9/&<>"' .-]{1,20}$/).map((text) => text.trim()).filter((text) => text !== '');
const dots = fc.integer({ min: 1, max: 9999 });
const set = <Value>(of: fc.Arbitrary<Value>) => fc.uniqueArray(of, { minLength: 1, maxLength: 5 });
const input: fc.Arbitrary<InputCaps> = fc.record({ maxWidth: dots, maxHeight: dots, colourModes: set(word), formats: set(word), resolutions: set(dots).map((all) => all.sort((one, other) => one - other)) });

describe('what is sent, to the byte', () => {
  test('settings for the glass', () => {
    expect(encodeScanSettings({ version: '2.63', source: 'Platen', duplex: false, colourMode: 'RGB24', resolution: 300, width: 2480, height: 3508, format: 'image/jpeg' })).toEqual(golden('settings-flatbed'));
  });

  test('settings for both sides of sheets', () => {
    expect(encodeScanSettings({ version: '2.0', source: 'Feeder', duplex: true, colourMode: 'Grayscale8', resolution: 150, width: 2480, height: 3508, format: 'image/jpeg' })).toEqual(golden('settings-duplex'));
  });
});

describe('what is read', () => {
  test('capabilities, with prefixes of the vendor’s own, profiles at the root, a range of resolutions', () => {
    expect(decodeCapabilities(golden('capabilities'))).toEqual({
      ok: true,
      value: {
        version: '2.6',
        makeAndModel: 'Sample & Co MFP 500',
        platen: { maxWidth: 2550, maxHeight: 3508, colourModes: ['BlackAndWhite1', 'Grayscale8', 'RGB24'], formats: ['application/octet-stream', 'image/jpeg', 'application/pdf'], resolutions: [75, 100, 200, 300, 600] },
        simplex: { maxWidth: 2550, maxHeight: 4200, colourModes: ['Grayscale8', 'RGB24'], formats: ['image/jpeg'], resolutions: [100, 150, 200, 300] },
        duplex: null,
      },
    });
  });

  test('a status with a job', () => {
    expect(decodeStatus(golden('status'))).toEqual({
      ok: true,
      value: { version: '2.6', state: 'Processing', adfState: 'ScannerAdfLoaded', jobs: [{ uri: '/eSCL/ScanJobs/9f2c', state: 'Processing', imagesCompleted: 3 }, { uri: '/eSCL/ScanJobs/71aa', state: 'Aborted', imagesCompleted: 1 }] },
    });
  });

  test.each([
    ['', 'no xml'],
    ['<scan:ScannerStatus>', 'no xml'],
    ['HTTP/1.1 200 OK', 'no xml'],
    ['<a/>', 'no ScannerStatus'],
    ['<ScannerStatus/>', 'no ScannerStatus'],
    ['<ScannerStatus><AdfState>ScannerAdfLoaded</AdfState></ScannerStatus>', 'status without a state'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><ScannerStatus><State>&b;</State></ScannerStatus>', 'xml with a document type'],
    ['<?xml version="1.0"?><!DOCTYPE a SYSTEM "file:///etc/passwd"><ScannerStatus><State>Idle</State></ScannerStatus>', 'xml with a document type'],
    [`<ScannerStatus>${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}<State>Idle</State></ScannerStatus>`, 'no xml'],
    [`<ScannerStatus><State>Idle</State>${' '.repeat(LARGEST_XML)}</ScannerStatus>`, 'xml too large'],
  ])('%.60s is no status', (text, detail) => {
    expect(decodeStatus(bytes(text))).toEqual({ ok: false, error: { kind: 'garbled', detail } });
  });

  test('names of things that every object has are no elements', () => {
    expect(decodeStatus(bytes('<ScannerStatus><constructor>x</constructor><__proto__><State>Idle</State></__proto__></ScannerStatus>'))).toMatchObject({ ok: false });
  });

  test('a scanner without a source is none', () => {
    expect(decodeCapabilities(bytes('<ScannerCapabilities><Version>2.0</Version></ScannerCapabilities>'))).toMatchObject({ ok: false });
  });
});

test('damaged anywhere, an answer is read or refused, and nothing else happens', () => {
  const places = fc.array(fc.tuple(fc.nat(), fc.constantFrom('', '<', '>', '/', '&', '"', '\u0000', '<![CDATA[', '-->', '<a>', '&#x110000;', '&amp', '<?x', '\ud800')), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(fc.constantFrom('capabilities', 'status', 'settings-duplex'), places, fc.option(fc.nat()), (name, changes, cut) => {
      let text = new TextDecoder().decode(golden(name));
      for (const [at, put] of changes) text = text.slice(0, at % text.length) + put + text.slice((at % text.length) + (at % 3));
      const damaged = bytes(cut === null ? text : text.slice(0, cut % text.length));
      for (const decode of [decodeCapabilities, decodeStatus, decodeScanSettings]) {
        const read = decode(damaged);
        if (!read.ok) expect(read.error.kind).toBe('garbled');
      }
    }),
    { numRuns: 300 },
  );
});

describe('there and back', () => {
  test('settings', () => {
    fc.assert(
      fc.property(fc.record({ version: word, source: fc.constantFrom('Platen' as const, 'Feeder' as const), duplex: fc.boolean(), colourMode: word, resolution: dots, width: dots, height: dots, format: word }), (settings) => {
        const whole = { ...settings, duplex: settings.source === 'Feeder' && settings.duplex };
        expect(decodeScanSettings(encodeScanSettings(whole))).toEqual({ ok: true, value: whole });
      }),
    );
  });

  test('capabilities', () => {
    fc.assert(
      fc.property(word, word, input, fc.option(input), fc.option(input), (version, makeAndModel, platen, simplex, duplex) => {
        expect(decodeCapabilities(encodeCapabilities({ version, makeAndModel, platen, simplex, duplex }))).toEqual({ ok: true, value: { version, makeAndModel, platen, simplex, duplex } });
      }),
      { numRuns: 30 },
    );
  });

  test('status', () => {
    fc.assert(
      fc.property(word, word, fc.option(word), fc.array(fc.record({ uri: word, state: word, imagesCompleted: dots }), { maxLength: 4 }), (version, state, adfState, jobs) => {
        expect(decodeStatus(encodeStatus({ version, state, adfState, jobs }))).toEqual({ ok: true, value: { version, state, adfState, jobs } });
      }),
      { numRuns: 50 },
    );
  });
});
