import { expect, test } from 'vitest';
import { foldCase } from '../../../domain/case/fold.ts';
import type { CaseState, Stage } from '../../../domain/case/types.ts';
import { StageName } from '../../../domain/contracts/cases.ts';
import type { Role } from '../../../domain/contracts/staff.ts';
import { jointItem } from '../../../test/fixtures/joint-item.ts';
import { business, CASES } from '../../../test/screens/console/cases.ts';
import { type About, awaited, deedsOf, isRare, ownOpenSteps } from './deeds.ts';

const folded = foldCase(CASES.shop.actions);
if (!folded.ok) throw new Error('the fixture makes no case');
const fresh: CaseState = folded.value;
const LIMITS = { promisedBy: '2026-12-01', statutoryBy: '2026-12-10', provisional: false, calendar: '' };

function about(change: Partial<CaseState> = {}, who: Partial<Omit<About, 'state'>> = {}): About {
  return { state: { ...fresh, ...change }, item: business, row: { claimedBy: 'me' }, own: [], account: 'me', role: 'clerk', today: '2026-11-24', ...who };
}
const common = (of: About) => deedsOf(of).filter((deed) => !isRare(deed));
const rare = (of: About) => deedsOf(of).filter(isRare);

test('each stage offers what the law allows at it, the rare in the menu', () => {
  const at = (stage: Stage): Partial<CaseState> => ({ stage, limits: stage === 'accepted' ? LIMITS : null });
  expect(Object.fromEntries(StageName.options.map((stage) => [stage, common(about(at(stage)))]))).toEqual({
    'handed-in': ['refuse', 'correct', 'originals', 'accept'], 'correction-asked': ['refuse', 'supplement', 'originals'], supplemented: ['refuse', 'originals', 'accept'],
    accepted: ['originals', 'finish'], decided: ['originals', 'finish'], finished: [], refused: [], withdrawn: [],
  });
  expect(rare(about(at('handed-in')))).toEqual(['release', 'edit', 'hand-over', 'return', 'transfer', 'withdraw']);
  expect(rare(about(at('accepted')))).toEqual(['release', 'edit', 'hand-over', 'pause', 'extend', 'return', 'transfer', 'withdraw']);
});

test('a colleague\'s case offers nothing, and a role only what it may call', () => {
  expect(deedsOf(about({}, { row: { claimedBy: 'other' } }))).toEqual([]);
  const of = (role: Role) => deedsOf(about({}, { role, row: { claimedBy: null } }));
  expect(of('supervisor')).toEqual([]);
  expect(of('issuer')).toEqual(['hand-over']);
  expect(of('clerk').slice(0, 2)).toEqual(['claim', 'refuse']);
});

test('the clock: what runs is paused or extended, what stands is resumed and not finished', () => {
  const pause = { why: 'hold' as const, procedure: '', allowed: null, reason: '', from: '2026-11-23', to: null };
  expect(deedsOf(about({ stage: 'accepted', limits: null, pauses: [pause] }))).toEqual(['originals', 'resume', 'release', 'edit', 'hand-over', 'withdraw']);
  expect(deedsOf(about({ stage: 'accepted', limits: LIMITS }, { today: '2026-12-11' }))).not.toContain('extend');
  expect(deedsOf(about({ stage: 'accepted', limits: LIMITS, extension: { days: 3, approvedBy: '', reason: '', on: '' } }))).not.toContain('extend');
});

test('a correction lapses when its last day is over', () => {
  const correction = { kind: 'correction-asked' as const, asks: [], within: '2026-11-23' };
  expect([deedsOf(about({ stage: 'correction-asked', correction })).includes('lapse'), deedsOf(about({ stage: 'correction-asked', correction }, { today: '2026-11-23' })).includes('lapse')]).toEqual([true, false]);
});

test('papers are taken over by whom they came to, and a result is delivered once', () => {
  const papers = { to: 'x', papers: ['a'], taken: false, missing: [] };
  expect([common(about({ papers }))[0], rare(about({ papers })).includes('hand-over')]).toEqual(['take-over', false]);
  const finish = { kind: 'finished' as const, result: 'granted' as const, words: '', certificate: null };
  expect(deedsOf(about({ stage: 'finished', finish }, { row: { claimedBy: null }, role: 'issuer' }))).toEqual(['deliver', 'hand-over', 'archive']);
  expect(deedsOf(about({ stage: 'finished', finish: { ...finish, result: 'returned' } }, { row: { claimedBy: null }, role: 'issuer' }))).toEqual(['hand-over', 'archive']);
});

test('departments speak before the window answers, each for its own steps, and the lead decides last', () => {
  const item = jointItem();
  const said = { step: 'land', verdict: 'fits' as const, asks: [], words: '', on: '', by: '' };
  const open = about({}, { item, role: 'department', own: ['land'] });
  expect([awaited(open).map(({ key }) => key), common(open)]).toEqual([['land'], ['refuse', 'originals', 'pre-review']]);
  expect(common(about({ preReviews: [said] }, { item }))).toEqual(['refuse', 'correct', 'originals', 'accept']);
  // What a department lacks is told before anything is accepted.
  expect(common(about({ preReviews: [{ ...said, verdict: 'lacks', asks: [{ target: 'material', key: 'location', words: 'x' }] }] }, { item }))).toEqual(['refuse', 'correct', 'originals']);
  const accepted = { stage: 'accepted' as const, limits: LIMITS, accepted: { kind: 'accepted' as const, number: '', acceptedOn: '2026-11-23', promisedBy: '', statutoryBy: '', provisional: false } };
  const review = (step: string) => ({ step, outcome: 'agrees' as const, opinion: '', on: '2026-11-24', by: '' });
  expect(ownOpenSteps(about(accepted, { item, own: ['site', 'approve'] })).map(({ key }) => key)).toEqual(['site']);
  expect(common(about(accepted, { item, own: ['site'], role: 'department' }))).toEqual(['originals', 'review']);
  expect(common(about({ ...accepted, reviews: ['site', 'land', 'ecology', 'approve'].map(review) }, { item }))).toEqual(['originals', 'finish']);
});
