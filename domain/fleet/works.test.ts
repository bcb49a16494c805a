import { describe, expect, test } from 'vitest';
import { packItem } from '../../test/fixtures/hall.ts';
import type { MachineReport } from '../contracts/fleet.ts';
import { needsOf, worksOf } from './works.ts';

const online = { kind: 'online' as const, warnings: ['paper-low'] };
const well: MachineReport = { at: '2026-05-20T01:00:00.000Z', unknownPrints: 3, blanks: [], printed: {}, room: 'enough', noBlanks: [], selfTest: null, devices: { 'id-card-reader': online, 'ticket-printer': online, 'document-printer': online } };
const spent = { name: '执照', loaded: 100, left: 0, used: 100, void: 0, inDoubt: 0, next: null };
const ALL = ['read-cards', 'take-hand-ins', 'take-scans', 'print-slips', 'print-papers', 'print-elder-card', 'print-business-licence', 'print-water-permit'];

describe('what works at a machine', () => {
  test('in order: everything, and a warning takes nothing away', () => {
    expect(worksOf(well)).toEqual(ALL);
  });

  test.each<[string, Partial<MachineReport>, string[]]>([
    ['a reader that is away', { devices: { ...well.devices, 'id-card-reader': { kind: 'offline', reason: 'unplugged' } } }, ['read-cards']],
    ['a printer without paper', { devices: { ...well.devices, 'document-printer': { kind: 'blocked', reason: 'paper-out' } } }, ALL.slice(4)],
    ['no blanks of one kind', { noBlanks: ['business-licence'] }, ['print-business-licence']],
    ['no room for scans', { room: 'no-scans' }, ['take-scans']],
    ['no room', { room: 'full' }, ['take-hand-ins', 'take-scans']],
    ['a kind that this program does not know', { noBlanks: ['a-later-kind'] }, []],
  ])('%s', (_what, change, missing) => {
    expect(worksOf({ ...well, ...change })).toEqual(ALL.filter((word) => !missing.includes(word)));
  });

  test('a program that does not say which blanks ran out prints no certificate, as far as is known', () => {
    const { noBlanks: _said, ...silent } = well;
    expect(worksOf(silent)).toEqual(ALL);
    expect(worksOf({ ...silent, blanks: [spent] })).toEqual(ALL.slice(0, 5));
    expect(worksOf({ ...silent, blanks: [{ ...spent, left: 99, inDoubt: 1 }] })).toEqual(ALL.slice(0, 5));
  });

  test('what an item needs follows its devices, its materials and its certificate', () => {
    const item = packItem('elder-card');
    expect(needsOf({ ...item, devices: { required: ['id-card-reader', 'camera'], optional: ['document-printer', 'ticket-printer'] } })).toEqual({
      toHandIn: ['read-cards', 'take-hand-ins', 'take-scans'], toFinish: ['read-cards', 'take-hand-ins', 'take-scans', 'print-elder-card'],
    });
    expect(needsOf({ ...item, materials: [], result: { ...item.result, template: null }, devices: { required: ['ticket-printer', 'document-printer'], optional: [] } })).toEqual({
      toHandIn: ['print-slips', 'print-papers', 'take-hand-ins'], toFinish: ['print-slips', 'print-papers', 'take-hand-ins'],
    });
  });
});
