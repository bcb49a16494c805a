import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capabilitiesOf, decodeOptions, doubleFeedArguments, factsOf, mostMillimetres, namesOf } from './options.ts';

const printed = readFileSync(new URL('golden/test-backend-1.1.1.txt', import.meta.url), 'utf8').split('\n');
const options = (...lines: string[]) => decodeOptions(lines.map((line) => `    ${line}`));

describe('what scanimage -A prints', () => {
  const all = decodeOptions(printed);

  test('has every option once, and no line of its explanations', () => {
    expect(all).toHaveLength(printed.filter((line) => /^ {4}-/.test(line)).length);
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  test('says what each takes, and what it is now', () => {
    const named = (name: string) => all.find((option) => option.name === name);
    expect(named('mode')).toEqual({ name: 'mode', takes: { kind: 'choice', of: ['Gray', 'Color'] }, value: 'Gray' });
    expect(named('source')).toEqual({ name: 'source', takes: { kind: 'choice', of: ['Flatbed', 'Automatic Document Feeder'] }, value: 'Flatbed' });
    expect(named('resolution')).toEqual({ name: 'resolution', takes: { kind: 'range', from: 1, to: 1200, step: 1 }, value: '50' });
    expect(named('hand-scanner')).toEqual({ name: 'hand-scanner', takes: { kind: 'yes-no' }, value: 'no' });
    expect(named('three-pass')).toEqual({ name: 'three-pass', takes: { kind: 'yes-no' }, value: null });
    expect(named('print-options')).toEqual({ name: 'print-options', takes: { kind: 'other' }, value: null });
    expect(named('int')).toEqual({ name: 'int', takes: { kind: 'other' }, value: null });
    expect(mostMillimetres(all, 'x')).toBe(200);
    expect(mostMillimetres(all, 'page-height')).toBeNull();
  });

  test('is what the scanner has', () => {
    expect(capabilitiesOf('test', all)).toEqual({
      model: 'test',
      sources: ['flatbed', 'feeder'].map((source) => ({ source, resolutions: [100, 150, 200, 300, 400, 600], colours: ['colour', 'grey'] })),
    });
  });

  test('cut or changed anywhere, it is read all the same', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.string({ maxLength: 8 }), (from, to, put) => {
        const text = printed.join('\n');
        const [start, end] = [from % text.length, to % text.length];
        expect(Array.isArray(capabilitiesOf('test', decodeOptions((text.slice(0, start) + put + text.slice(end)).split('\n'))).sources)).toBe(true);
      }),
    );
  });
});

describe('how drivers call things', () => {
  test.each([
    ['ADF Front|ADF Back|ADF Duplex', { feeder: 'ADF Front', 'feeder-duplex': 'ADF Duplex' }],
    ['Flatbed|ADF|ADF Duplex', { flatbed: 'Flatbed', feeder: 'ADF', 'feeder-duplex': 'ADF Duplex' }],
    ['FlatBed|Automatic Document Feeder(left aligned)|Automatic Document Feeder(left aligned,Duplex)', { flatbed: 'FlatBed', feeder: 'Automatic Document Feeder(left aligned)', 'feeder-duplex': 'Automatic Document Feeder(left aligned,Duplex)' }],
    ['Normal|ADF', { flatbed: 'Normal', feeder: 'ADF' }],
  ])('sources %s', (names, sources) => {
    expect(namesOf(options(`--source ${names} [x]`)).sources).toEqual(sources);
  });

  test.each([
    ['Lineart|Halftone|Gray|Color', { colour: 'Color', grey: 'Gray' }],
    ['Black & White|Gray[Error Diffusion]|True Gray|24bit Color|24bit Color[Fast]', { colour: '24bit Color', grey: 'Gray[Error Diffusion]' }],
    ['Lineart', {}],
  ])('modes %s', (names, colours) => {
    expect(namesOf(options(`--mode ${names} [x]`)).colours).toEqual(colours);
  });

  test('a list of resolutions, with its unit', () => {
    expect(capabilitiesOf('x', options('--resolution auto|75|150|300|600dpi [75]')).sources).toEqual([{ source: 'flatbed', resolutions: [75, 150, 300, 600], colours: ['colour'] }]);
  });

  test.each([
    [['--page-loaded[=(yes|no)] [no] [hardware]', '--cover-open[=(yes|no)] [no] [hardware]'], 'empty'],
    [['--page-loaded[=(yes|no)] [yes] [hardware]'], 'loaded'],
    [['--page-loaded[=(yes|no)] [yes] [hardware]', '--cover-open[=(yes|no)] [yes] [hardware]'], 'cover-open'],
    [['--mode Gray [Gray]'], 'unknown'],
  ])('sensors %j', (lines, feeder) => {
    expect(factsOf(options(...lines))).toEqual({ state: 'idle', feeder });
  });
});

describe('the sensor for two sheets at once', () => {
  test.each<[string, string[], Record<string, string>, string[]]>([
    ['of fujitsu, whose kinds are there once it has an action', ['--df-action Default|Continue|Stop [Default]', '--df-thickness[=(yes|no)] [inactive]'], {}, ['--df-action=Stop', '--df-thickness=yes']],
    ['of canon_dr', ['--df-thickness[=(yes|no)] [no]'], {}, ['--df-thickness=yes']],
    ['of kvs', ['--dfeed[=(yes|no)] [no]'], {}, ['--dfeed=yes']],
    ['that is off for good', ['--df-thickness[=(yes|no)] [inactive]'], {}, []],
    ['that the settings speak of', ['--df-action Default|Continue|Stop [Default]', '--df-thickness[=(yes|no)] [no]'], { 'df-thickness': 'no' }, ['--df-action=Stop']],
    ['that is not there', ['--mode Gray [Gray]'], {}, []],
  ])('%s', (_, lines, given, words) => {
    expect(doubleFeedArguments(options(...lines), given)).toEqual(words);
  });
});
