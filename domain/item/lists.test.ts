import { describe, expect, test } from 'vitest';
import { digest, generateSigningKey, hashSigner, sha256, verifier } from '../../crypto/node.ts';
import { packItem } from '../../test/fixtures/pack-item.ts';
import { canonicalJson } from '../action/canonical.ts';
import { openBundle, sealBundle } from './bundle.ts';
import { changedSince, LIST_NAMES, listCsv, openList } from './lists.ts';
import { stagesOf } from './stages.ts';
import type { Item } from './types.ts';

const elder = packItem('elder-card');
const business = packItem('business-registration');
const water = packItem('water-permit');
const items = [elder, business, water];
const day = '2026-11-27';

describe('open lists', () => {
  test('are read off the items in force', () => {
    expect(LIST_NAMES.map((name) => [openList(name, items, day).title, openList(name, items, day).items, openList(name, items, day).rows.length])).toEqual([
      ['权责清单', 2, 2], ['收费清单', 0, 0], ['证明事项清单', 3, 8], ['中介服务清单', 1, 1], ['最多跑一次清单', 3, 3], ['全程网办清单', 3, 3],
    ]);
    for (const name of LIST_NAMES) for (const { cells } of openList(name, items, day).rows) expect(cells.length).toBe(openList(name, items, day).columns.length);
  });
  test('certificates tell who asks, who issues, on what basis, who in government holds it, and why it is asked for all the same', () => {
    expect(openList('certificates', [business], day).rows[0]?.cells).toEqual([
      '经营者居民身份证', '新昌县市场监督管理局', '个体工商户设立登记', '公安机关', '都需要', '《中华人民共和国市场主体登记管理条例》第十六条', '新昌县公安局（人口信息库）', business.reasons?.[0]?.words,
    ]);
  });
  test('fees with what may be waived; what is suspended, cancelled or not yet in force is in no list', () => {
    const paid: Item = { ...elder, fee: { charged: true, basis: '样本收费文件', basisUntil: '2028-12-31', rows: [{ name: '工本费', standard: '5元', reduction: { allowed: true, reason: '低保户免收' } }, { name: '邮费', standard: '10元', reduction: { allowed: false, reason: '' } }] } };
    expect(openList('fees', [paid], day).rows.map(({ cells }) => cells.slice(2, 5))).toEqual([['工本费', '5元', '低保户免收'], ['邮费', '10元', '不减免']]);
    for (const change of [{ state: 'suspended' }, { state: 'cancelled' }, { effectiveFrom: '2026-12-01' }] as const) expect(openList('fees', [{ ...paid, ...change }], day).rows).toEqual([]);
  });
  test('an errand of two visits is in neither list of few visits', () => {
    const twice: Item = { ...elder, visits: { count: 2, reason: '面审' }, online: { depth: 3, whyNot: '面审' } };
    expect([openList('one-visit', [twice], day).items, openList('online', [twice], day).items]).toEqual([0, 0]);
  });
  test('what changed since a day: new items and other words, not a number alone', () => {
    const later = (change: Partial<Item>): Item => ({ ...water, version: water.version + 1, effectiveFrom: '2026-11-01', ...change });
    expect(changedSince([...items, later({ summary: '换了说法' })], day, '2026-10-01')).toEqual(new Set([water.code]));
    expect(changedSince([...items, later({})], day, '2026-10-01')).toEqual(new Set());
    expect(changedSince(items, day, '2025-01-01')).toEqual(new Set(items.map(({ code }) => code)));
    expect(openList('powers', [...items, later({ summary: '换了说法' })], day, '2026-10-01').rows.map(({ changed }) => changed)).toEqual([false, true]);
  });
  test('as CSV: quoted where it must be, and no cell that a program would reckon', () => {
    const csv = listCsv({ name: 'fees', title: '', about: '', columns: ['甲', '乙'], items: 1, rows: [{ code: '', cells: ['=1+1', 'a,"b"\n'], changed: true }, { code: '', cells: ['-2', '330624200001011234'], changed: false }] });
    expect(csv).toBe(`\uFEFF甲,乙,有变化\r\n'=1+1,"a,""b""\n",是\r\n'-2,'330624200001011234,\r\n`);
  });
});

test('steps that may be done at the same time stand in one stage', () => {
  const step = (key: string, after: readonly string[] | null): Item['steps'][number] => ({ key, name: key, who: '', days: 1, note: '', ...(after === null ? {} : { task: { department: water.body.creditCode, role: 'handle', after: [...after], preReview: false, silence: 'none' } }) });
  const keys = (steps: Item['steps']) => stagesOf(steps).map((stage) => stage.map(({ key }) => key).join('+'));
  expect(keys([step('a', null), step('b', []), step('c', []), step('d', ['b']), step('e', ['d', 'c']), step('f', null)])).toEqual(['a', 'b+c', 'd', 'e', 'f']);
  // A draft whose steps wait for each other is drawn all the same.
  expect(keys([step('a', ['b']), step('b', ['a'])]).join('+').split('+').toSorted()).toEqual(['a', 'b']);
});

describe('signed packs', () => {
  const key = generateSigningKey();
  const sealed = sealBundle({ pack: 'xinchang', signedAt: '2026-11-27T00:00:00.000Z', publisher: key.publicKey, items }, sha256, hashSigner(key.privateKey));
  const open = (file: string, publishers = [key.publicKey]) => openBundle(file, publishers, digest.sha256, verifier.verify);
  const changed = (change: (value: { items: { sha256: string; item: { name: string } }[]; signature: string }) => void): string => {
    const value = JSON.parse(sealed) as Parameters<typeof change>[0];
    change(value);
    return canonicalJson(value);
  };
  test('open with the key of their publisher, and are the same bytes each time', () => {
    const opened = open(sealed);
    expect(opened.ok && opened.value.items.map(({ item }) => item)).toEqual(items);
    expect(sealBundle({ pack: 'xinchang', signedAt: '2026-11-27T00:00:00.000Z', publisher: key.publicKey, items }, sha256, hashSigner(key.privateKey))).toBe(sealed);
  });
  test.each([
    ['not-a-bundle', '{}'], ['not-a-bundle', 'no JSON'], ['not-canonical', `${sealed}\n`], ['not-canonical', sealed.replace('{"format"', '{"format":"jinban-pack-1","format"')],
    ['bad-signature', changed((value) => { value.items[0]!.item.name = '换了名字'; })],
    ['bad-signature', changed((value) => { value.items.pop(); })],
    ['bad-signature', changed((value) => { value.signature = Buffer.alloc(64).toString('base64'); })],
  ])('%s', (kind, file) => {
    expect(open(file)).toEqual({ ok: false, error: { kind } });
  });
  test('another publisher is refused, and so is a hash that a publisher signed wrong', () => {
    expect(open(sealed, [generateSigningKey().publicKey])).toEqual({ ok: false, error: { kind: 'unknown-publisher' } });
    const { signature: _old, ...whole } = JSON.parse(changed((value) => { value.items[0]!.sha256 = 'a'.repeat(64); })) as { signature: string };
    expect(open(canonicalJson({ ...whole, signature: hashSigner(key.privateKey)(sha256(canonicalJson(whole))) }))).toEqual({ ok: false, error: { kind: 'item-hash-differs' } });
  });
});
