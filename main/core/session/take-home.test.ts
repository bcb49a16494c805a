import { expect, test } from 'vitest';
import { TerminalConfig } from '../../../domain/contracts/terminal-config.ts';
import { PrintEntry } from '../../../domain/print-ledger/types.ts';
import { packItem } from '../../../test/fixtures/pack-item.ts';
import type { Job, Printing } from '../printing.ts';
import { answer, unanswer } from './answering.ts';
import { printGuide } from './papers-of-visit.ts';
import { newSession, type SessionState } from './state.ts';
import type { Visit } from './visit.ts';
import { NOBODY_ELSE } from './who-state.ts';

const item = packItem('elder-card');
const NOON = Date.UTC(2026, 10, 27, 4);
const id = (number: number) => `01J5V1S1T${String(number).padStart(17, '0')}`;

/** A visit in the guide of the elder card, over a ledger that lives in memory and a printer that says at once how it ended. */
function rig() {
  let state: SessionState = { ...newSession(id(1), 'boot', NOON), item: { code: item.code, version: item.version }, step: 'guide' };
  let now = NOON;
  let outcome: PrintEntry['state'] = 'printed';
  const ledger: PrintEntry[] = [];
  const jobs: Job[] = [];
  const change = async (part: Partial<SessionState>) => void (state = { ...state, ...part });
  const visit = {
    state: () => state, change, show: change, clock: { now: () => now }, item: async () => item, here: async () => 'works',
    config: { hallName: '新昌县政务服务中心', site: '儒岙镇便民服务中心', phone: '0575-86000000' } satisfies Partial<TerminalConfig>,
  } as unknown as Visit;
  const printing = {
    ofCase: async (about: string) => ledger.filter((entry) => entry.case === about),
    all: async () => ledger,
    async start(job: Job) {
      jobs.push(job);
      const entry = PrintEntry.parse({ id: id(1000 + ledger.length), case: job.case, paper: job.paper, session: job.session, state: outcome, reason: '', host: null, licence: '', history: [{ state: 'reserved', at: new Date(now).toISOString(), by: 'core' }] });
      ledger.push(entry);
      return entry.id;
    },
  } as unknown as Printing;
  const print = async (paper: 'materials-slip' | 'guide') => {
    const printed = await printGuide(visit, printing, paper);
    return printed.ok ? 'ok' : printed.error.kind;
  };
  return {
    visit, jobs, print,
    said: async (question: string, value: string) => (await answer(visit, { question, value })).ok,
    back: async () => (await unanswer(visit)).ok,
    state: () => state,
    put: (part: Partial<SessionState>) => void (state = { ...state, ...part }),
    later: (milliseconds: number) => void (now += milliseconds),
    next: (number: number) => void (state = { ...state, id: id(number), prints: [] }),
    ends: (as: PrintEntry['state']) => void (outcome = as),
  };
}

test('answers are taken one after another; one that is not asked, or is none, is refused', async () => {
  const { said, back, state, put } = rig();
  expect([await said('why', 'lost'), await said('age', 'perhaps'), await said('age', 'yes'), await said('why', 'lost'), await said('household', 'no')]).toEqual([false, false, true, true, true]);
  expect(state().answers).toEqual({ age: 'yes', why: 'lost', household: 'no' });
  // An earlier one is changed: what is still asked behind it stays, and what is not is forgotten.
  expect([await said('why', 'first'), state().answers]).toEqual([true, { age: 'yes', why: 'first', household: 'no' }]);
  expect([await said('age', 'no'), state().answers]).toEqual([true, { age: 'no' }]);
  expect([await back(), await back(), state().answers]).toEqual([true, false, {}]);
  put({ handedIn: state().case, supplementing: null, item: null });
  expect(await said('age', 'yes')).toBe(false);
});

test('a form that is begun follows an answer that is changed', async () => {
  const { said, state, put } = rig();
  put({ answers: { age: 'yes', why: 'first', household: 'yes' }, form: { localHousehold: true, phone: '13800001234' } });
  await said('household', 'no');
  expect(state()).toMatchObject({ form: { localHousehold: false, phone: '13800001234' }, prefilled: { localHousehold: 'answers' } });
});

test('a list for this situation, once a visit, under the visit and no case; nobody is named', async () => {
  const { print, jobs, state, put } = rig();
  // For oneself: nobody's authority is asked for.
  put({ answers: { age: 'yes', why: 'damaged', household: 'yes' }, who: { ...NOBODY_ELSE, way: 'self' } });
  expect([await print('materials-slip'), await print('materials-slip'), await print('guide'), await print('guide')]).toEqual(['ok', 'enough-printed', 'ok', 'enough-printed']);
  expect(state().prints).toHaveLength(2);
  expect(jobs).toMatchObject([
    { paper: 'materials-slip', case: state().id, session: state().id, content: { kind: 'ticket', ticket: { situation: [{}, { answer: '证坏了，要换' }, {}], materials: [{ condition: '' }, { name: '损坏的老年人优待证', condition: '' }] } } },
    { paper: 'guide', content: { kind: 'document', document: { kind: 'guide', here: 'works', materials: [{ key: 'household-or-id', need: 'needed' }, { key: 'old-card', need: 'needed' }] } } },
  ]);
});

test('one that did not come out is tried again in its place; one that may have is not', async () => {
  const { print, ends, state } = rig();
  ends('not-printed');
  expect([await print('guide'), await print('guide')]).toEqual(['ok', 'ok']);
  expect(state().prints).toHaveLength(1);
  ends('unknown');
  expect([await print('guide'), await print('guide')]).toEqual(['ok', 'enough-printed']);
});

test('an hour gives so many, however many visits are begun; the next hour gives more', async () => {
  const { print, next, later } = rig();
  const answers: string[] = [];
  for (let number = 2; number < 8; number += 1) {
    next(number);
    answers.push(await print('guide'));
  }
  expect(answers).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'enough-printed']);
  expect(await print('materials-slip')).toBe('ok');
  later(3_600_001);
  next(9);
  expect(await print('guide')).toBe('ok');
});
