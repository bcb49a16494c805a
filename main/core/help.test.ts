import { expect, test } from 'vitest';
import type { HelpCall } from '../../domain/contracts/help.ts';
import { err, ok } from '../../domain/result.ts';
import { testClock } from '../../test/fixtures/test-clock.ts';
import { createHelp } from './help.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

function rig() {
  const clock = testClock();
  const said: HelpCall[] = [];
  const line = { up: true };
  const help = createHelp({
    transport: { help: async (call) => (line.up ? (said.push(call), ok('heard')) : err({ kind: 'unreachable' })) },
    clock, newId: () => `0${said.length}`, where: () => ({ step: 'form', item: null }),
  });
  const advance = (milliseconds: number) => clock.pass(milliseconds);
  return { help, line, said, advance, kind: () => help.views.get().kind };
}

test('one call however often the button is touched, said again each minute, and over with the visit', async () => {
  const { help, said, advance, kind } = rig();
  help.call();
  help.call();
  expect(kind()).toBe('sending');
  await settled();
  expect([kind(), said.length]).toEqual(['calling', 1]);
  await advance(60_000);
  help.call();
  expect(new Set(said.map(({ call }) => call)).size).toBe(1);
  expect(said).toHaveLength(2);
  help.over();
  await settled();
  expect([kind(), said.at(-1)?.over]).toEqual(['none', true]);
  await advance(300_000);
  expect(said).toHaveLength(3);
});

test('without a line it says so, and reaches the hall when the line is back; who leaves before that leaves nothing behind', async () => {
  const { help, line, said, advance, kind } = rig();
  line.up = false;
  help.call();
  await settled();
  expect(kind()).toBe('no-line');
  line.up = true;
  await advance(15_000);
  expect([kind(), said.length]).toEqual(['calling', 1]);
  help.over();
  line.up = false;
  help.call();
  await settled();
  help.over();
  line.up = true;
  await advance(300_000);
  expect(said.filter(({ over }) => !over)).toHaveLength(1);
});

test('staff’s word is shown, that of an older call is not; after they came the button calls nobody for half a minute', async () => {
  const { help, said, advance, kind } = rig();
  help.call();
  await settled();
  help.hear({ call: 'another', answer: 'answered', at: '2026-11-23T01:30:00.000Z' });
  expect(kind()).toBe('calling');
  const call = said[0]?.call ?? '';
  help.hear({ call, answer: 'coming', at: '2026-11-23T01:30:00.000Z' });
  await advance(60_000);
  expect(kind()).toBe('coming');
  help.hear({ call, answer: 'answered', at: '2026-11-23T01:31:00.000Z' });
  help.call();
  await settled();
  expect([kind(), said.length]).toEqual(['answered', 2]);
  await advance(31_000);
  help.call();
  await settled();
  expect([kind(), said.length]).toEqual(['calling', 3]);
});
