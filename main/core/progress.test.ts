import { describe, expect, test } from 'vitest';
import { foldCase } from '../../domain/case/fold.ts';
import type { CaseState } from '../../domain/case/types.ts';
import type { Payload } from '../../domain/action/payload.ts';
import { createMaker, handedIn } from '../../test/fixtures/actions.ts';
import { type Around, detail, summarise } from './progress.ts';

const accepted: Payload = { kind: 'accepted', number: '330624202600000001', acceptedOn: '2026-09-30', promisedBy: '2026-10-13', statutoryBy: '2026-11-02', provisional: false };
const around: Around = { item: null, travel: 'received-by-hall', travelSince: null, asOf: null, now: Date.UTC(2026, 8, 30, 2), prints: [] };

function state(...payloads: Payload[]): CaseState {
  const maker = createMaker('T330624-0001');
  const folded = foldCase([handedIn(), ...payloads].map((payload) => maker.make(payload)));
  if (!folded.ok) throw new Error(folded.error.kind);
  return folded.value;
}

describe('summarise', () => {
  test('counts working days left over the National Day holidays', () => {
    expect(summarise(state(accepted), around)).toMatchObject({ stage: 'accepted', promisedBy: '2026-10-13', daysLeft: 5 });
  });
  test('says that an unsent hand-in still lies in this machine', () => {
    expect(summarise(state(), { ...around, travel: 'waiting-to-travel' })).toMatchObject({ holder: expect.stringContaining('本机保管'), daysLeft: null, canRate: false });
  });
  test('offers the certificate until one was printed or may have been', () => {
    const certificate = { template: 'elder-card' as const, title: '老年人优待证', licence: 'x', number: '1', holder: '张测试', fields: [], issuer: '新昌县', issuedOn: '2026-10-01', validTo: null };
    const finished = state(accepted, { kind: 'finished', result: 'granted', words: '', certificate });
    const printed = (print: 'printed' | 'unknown' | 'not-printed' | 'sent') => summarise(finished, { ...around, prints: [{ paper: 'certificate', state: print }] }).canPrint;
    expect(summarise(finished, around)).toMatchObject({ canPrint: true, canRate: true, daysLeft: null });
    expect([printed('printed'), printed('unknown'), printed('sent'), printed('not-printed')]).toEqual([false, false, false, true]);
  });
  test('shows what a correction asks for only while it waits for the citizen', () => {
    const correction: Payload = { kind: 'correction-asked', asks: [{ target: 'material', key: 'household-register', words: '请补拍第二页' }], within: '2026-12-08' };
    expect(detail(state(correction), around)).toMatchObject({ canSupplement: true, holder: '等您补正', asks: [{ words: '请补拍第二页' }] });
    expect(detail(state(correction, { kind: 'supplemented', form: {}, materials: [] }), around)).toMatchObject({ canSupplement: false, asks: [] });
  });
});
