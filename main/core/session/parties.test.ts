import { describe, expect, test } from 'vitest';
import { Payload } from '../../../domain/action/payload.ts';
import { CardHolder } from '../../../domain/identity/card-holder.ts';
import { typedPerson } from '../../../domain/identity/assurance.ts';
import { handedIn } from '../../../test/fixtures/actions.ts';
import { makeCitizenId } from '../../../domain/numbers/citizen-id.ts';
import { packItem } from '../../../test/fixtures/pack-item.ts';
import { partiesOf, partiesPayload, partyLines, visitor, wayTaken } from './parties.ts';
import { newSession, type SessionState } from './state.ts';
import { NOBODY_ELSE, type WhoState } from './who-state.ts';

const card = (name: string, number: string) => CardHolder.parse({ ...handedIn().applicant, name, number, birth: typedPerson({ name, number }, '2026-11-27')?.birth });
const [zhang, changqi, rare, minor] = [card('张测试', '330624199001010018'), card('李长期', '51112619500615002X'), card('王㛃', makeCitizenId({ division: '330624', birth: '1996-07-08', sequence: 84 })), card('周未成', makeCitizenId({ division: '330624', birth: '2020-05-06', sequence: 44 }))];
const TODAY = '2026-11-27';
const [elder, business, water] = [packItem('elder-card'), packItem('business-registration'), packItem('water-permit')];
const fresh = newSession('01ARYZ6S410000000000000000', 'boot-1', 0);
const state = (who: Partial<WhoState>, more: Partial<SessionState> = {}): SessionState => ({ ...fresh, holder: zhang, ...more, who: { ...NOBODY_ELSE, ...who } });
const li = { name: '李长期', number: changqi.number };

describe('the parties of a visit', () => {
  test('whoever says nothing applies for themselves; typed only where the item takes it', () => {
    const typed = typedPerson(li, TODAY);
    expect(partiesOf(elder, state({}), TODAY)).toMatchObject({ applicant: zhang, assurance: 'card-offline', acting: null, toCheck: [] });
    expect(partiesOf(elder, state({}, { offline: true }), TODAY)).toMatchObject({ toCheck: [{ party: 'applicant', why: 'read-offline' }] });
    expect(partiesOf(elder, state({ typed }, { holder: null }), TODAY)).toMatchObject({ applicant: { card: 'typed' }, assurance: 'typed', toCheck: [{ party: 'applicant', why: 'typed' }] });
    expect(partiesOf(business, state({ typed }, { holder: null }), TODAY)).toEqual({ missing: 'identify' });
    expect(visitor(state({ typed }))).toBe(zhang);
  });

  test('acting for another takes one\'s own card, and what was typed counts once it was found right', () => {
    expect(partiesOf(elder, state({ way: 'agent', typed: typedPerson(li, TODAY) }, { holder: null }), TODAY)).toEqual({ missing: 'identify' });
    expect(partiesOf(elder, state({ way: 'agent', values: li }), TODAY)).toEqual({ missing: 'for-whom' });
    expect(partiesOf(elder, state({ way: 'agent', values: li, told: true }, { offline: true }), TODAY)).toMatchObject({ applicant: { name: '李长期', card: 'typed' }, acting: { way: 'agent', person: zhang }, toCheck: [{ party: 'applicant', why: 'typed' }, { party: 'acting', why: 'read-offline' }] });
    expect(partiesOf(business, state({ way: 'agent', values: li, told: true }), TODAY)).toEqual({ missing: 'for-whom' });
    expect(partiesOf(business, state({ way: 'agent', principal: { holder: changqi, offline: false } }), TODAY)).toMatchObject({ assurance: 'card-offline', toCheck: [] });
  });

  test('the water permit: nobody is asked twice, and a way that only an organisation has is taken by its answers', () => {
    expect(wayTaken(water, state({}))).toBe('self');
    const answers = { use: 'work', applicant: 'unit', signer: 'yes' };
    const values = { company: ' 新昌样板茶业有限公司 ', creditCode: '1133062400260000xr' };
    expect(partiesOf(water, state({ values, told: true }, { answers }), TODAY)).toMatchObject({ applicant: { card: 'legal-person', name: '新昌样板茶业有限公司', number: '1133062400260000XR', representative: '张测试' } });
    expect(partiesOf(water, state({ values: { ...values, creditCode: '1133062400260000XX' }, told: true }, { answers }), TODAY)).toEqual({ missing: 'for-whom' });
    const only = { ...water, applicants: { ways: water.applicants!.ways.slice(1), assurance: water.applicants!.assurance } };
    expect(partiesOf(only, state({}), TODAY)).toEqual({ missing: 'who' });
  });

  test('co-applicants count while the answers ask for them, at most as many as the item takes', () => {
    const together = [rare, changqi].map((holder) => ({ holder, offline: holder === changqi }));
    expect(partiesOf(business, state({ way: 'self', together }, { answers: { who: 'personal' } }), TODAY)).toMatchObject({ together: [] });
    expect(partiesOf(business, state({ way: 'self', together }, { answers: { who: 'family' } }), TODAY)).toMatchObject({ together: [rare, changqi], toCheck: [{ party: 'together-2', why: 'read-offline' }] });
    const one = { ...business, applicants: { ...business.applicants!, together: { most: 1 } } };
    expect(partiesOf(one, state({ way: 'self', together }), TODAY)).toMatchObject({ together: [rare] });
  });

  test('a hand-in names who there is and leaves out who there is not; what was signed says the same', () => {
    const parties = partiesOf(elder, state({ way: 'guardian', principal: { holder: minor, offline: false } }), TODAY);
    if ('missing' in parties) throw new Error(parties.missing);
    expect(Payload.parse({ ...handedIn(), ...partiesPayload(parties) })).toMatchObject({ applicant: { name: '周未成' }, acting: { way: 'guardian' } });
    expect(partyLines(parties)).toEqual(['申请人：周未成', '监护人：张测试（代申请人办理）']);
    const alone = partiesOf(elder, state({}), TODAY);
    expect('missing' in alone ? [] : Object.keys(partiesPayload(alone))).toEqual(['applicant', 'assurance']);
  });
});
