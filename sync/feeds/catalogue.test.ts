import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSigner, generateSigningKey, sha256 } from '../../crypto/node.ts';
import { canonicalJson } from '../../domain/action/canonical.ts';
import { EVERY_ITEM } from '../../domain/catalogue/shelf.ts';
import { signedCatalogueText } from '../../domain/catalogue/signed.ts';
import { packItem } from '../../test/fixtures/hall.ts';
import { createRig, type Rig } from '../test-rig.ts';
import { keptShelf } from './catalogue.ts';

const elder = packItem('elder-card');
const water = packItem('water-permit');
const rule = (id: string, reason: string) => ({ id: `01K000000000000000000000${id}`, item: EVERY_ITEM, sites: null, machines: null, machineTypes: null, operators: null, weekdays: null, hours: null, on: false, reason, from: '2026-01-01', to: null });

let rig: Rig;
beforeEach(async () => {
  rig = await createRig();
});
afterEach(() => rig.close());

const known = async () => (await Promise.all([elder, water].map(({ code, version }) => rig.store.items.get(code, version)))).map((item) => item?.summary ?? null);
const refusals = () => rig.events.flatMap((event) => (event.event === 'feed-entry-refused' ? [event.why] : []));

test('an item and the shelf are taken under the hall\'s signature, and what came before goes on where one is not genuine', async () => {
  rig.hall.feed.push({ kind: 'item', item: elder }, { kind: 'shelf', shelf: { serial: 2, rules: [rule('0A', '检修')] } });
  expect(await rig.sync.runNow()).toMatchObject({ failure: null, items: 1, ignoredEntries: 0 });

  // Somebody between changes a letter, signs with a key of their own, or passes a shelf off as an item.
  const forgeries = [{ kind: 'item', item: { ...elder, summary: '改过' } }, { kind: 'item', item: water }, { kind: 'shelf', shelf: { serial: 9, rules: [] } }];
  rig.hall.faults.forgeCatalogue = ({ text, signature }) => ({ text: text.replace('电话', '电 话').replace('serial":9', 'serial":8').replace('改过', '改了'), signature });
  rig.hall.feed.push(...forgeries.slice(0, 1), forgeries[2]);
  expect(await rig.sync.runNow()).toMatchObject({ failure: null, items: 0, ignoredEntries: 2 });
  const stranger = createSigner(rig.hall.keys.hall, generateSigningKey().privateKey);
  rig.hall.faults.forgeCatalogue = ({ text }) => ({ text, signature: stranger.sign(sha256(signedCatalogueText('item', rig.hall.keys.hall, sha256(text)))) });
  rig.hall.feed.push(...forgeries);
  expect(await rig.sync.runNow()).toMatchObject({ failure: null, items: 0, ignoredEntries: 3 });
  rig.hall.faults.forgeCatalogue = null;
  const text = canonicalJson({ serial: 9, rules: [] });
  const signed = { text, signature: rig.hall.signer.sign(sha256(signedCatalogueText('item', rig.hall.keys.hall, sha256(text)))) };
  rig.hall.feed.push({ kind: 'shelf', signed }, { kind: 'signed-item', signed });
  await rig.sync.runNow();

  expect(refusals()).toEqual(['forged', 'forged', 'forged', 'forged', 'forged', 'forged', 'unreadable']);
  expect(await known()).toEqual([elder.summary, null]);
  expect(await keptShelf(rig.store)).toEqual({ serial: 2, rules: [rule('0A', '检修')] });
});

test('an old shelf said again takes the place of none', async () => {
  rig.hall.feed.push({ kind: 'shelf', shelf: { serial: 2, rules: [rule('0A', '新')] } }, { kind: 'shelf', shelf: { serial: 1, rules: [rule('0A', '旧')] } }, { kind: 'shelf', shelf: { serial: 2, rules: [rule('0B', '新')] } });
  await rig.sync.runNow();
  expect(refusals()).toEqual(['older']);
  expect((await keptShelf(rig.store)).rules[0]?.id).toBe(rule('0B', '').id);
});

test('a hall that never signed is taken at its word; one that did is not, though it says that it speaks no newer protocol', async () => {
  rig.hall.protocol = 2;
  rig.hall.feed.push({ kind: 'item', item: elder });
  expect(await rig.sync.runNow()).toMatchObject({ items: 1 });
  rig.hall.protocol = 3;
  rig.hall.expireTokens();
  rig.hall.feed.push({ kind: 'item', item: water });
  expect(await rig.sync.runNow()).toMatchObject({ items: 1 });
  rig.hall.protocol = 2;
  rig.hall.expireTokens();
  rig.hall.feed.push({ kind: 'item', item: { ...elder, summary: '改过' } });
  expect(await rig.sync.runNow()).toMatchObject({ items: 0, ignoredEntries: 1 });
  expect(refusals()).toEqual(['unsigned']);
  expect(await known()).toEqual([elder.summary, water.summary]);
});
