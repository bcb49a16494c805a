import { expect, test } from 'vitest';
import type { KeeperAsk } from '../../../domain/contracts/keeper.ts';
import { shellKeeper } from './shell-keeper.ts';

test('core asks the shell and takes the answers by their calls, whatever else the shell says', async () => {
  const asked: KeeperAsk[] = [];
  const keeper = shellKeeper((ask) => asked.push(ask));
  const [kept, opened, refused] = [keeper.keep(new Uint8Array([1, 2])), keeper.open('c2VhbGVk'), keeper.keep(new Uint8Array([3]))];
  expect(asked).toEqual([{ kind: 'keep', call: 1, plain: 'AQI=' }, { kind: 'open', call: 2, sealed: 'c2VhbGVk' }, { kind: 'keep', call: 3, plain: 'Aw==' }]);
  expect(keeper.hear({ kind: 'port', to: 'window' })).toBe(false);
  expect(keeper.hear({ kind: 'keeper-answer', call: 3, result: { ok: false, error: { kind: 'unavailable' } } })).toBe(true);
  expect(keeper.hear({ kind: 'keeper-answer', call: 2, result: { ok: true, value: 'AQI=' } })).toBe(true);
  expect(keeper.hear({ kind: 'keeper-answer', call: 1, result: { ok: true, value: 'c2VhbGVk' } })).toBe(true);
  expect(await kept).toEqual({ ok: true, value: 'c2VhbGVk' });
  expect(await opened).toEqual({ ok: true, value: new Uint8Array([1, 2]) });
  expect(await refused).toMatchObject({ ok: false, error: { kind: 'keeper-missing', keeper: 'dpapi' } });
  const damaged = keeper.open('AAAA');
  keeper.hear({ kind: 'keeper-answer', call: 4, result: { ok: false, error: { kind: 'cannot-open' } } });
  expect(await damaged).toEqual({ ok: false, error: { kind: 'keeper-cannot-open', keeper: 'dpapi' } });
});
