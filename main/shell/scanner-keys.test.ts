import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Keys, keepScannersOut } from './scanner-keys.ts';

type Listener = Parameters<Keys['on']>[1];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A window as Electron has it: keys that are sent to it pass by the listener, too. */
function window() {
  let listener: Listener = () => undefined;
  const arrived: string[] = [];
  const log: string[] = [];
  const press = (key: string, more: Partial<Parameters<Listener>[1]> = {}) => {
    let kept = false;
    listener({ preventDefault: () => (kept = true) }, { type: 'keyDown', key, isAutoRepeat: false, control: false, alt: false, meta: false, ...more });
    if (!kept) arrived.push(key);
  };
  keepScannersOut({
    on: (_event, tell) => (listener = tell),
    sendInputEvent(sent) {
      if (sent.type === 'keyDown') press(sent.keyCode);
    },
  }, ({ event }) => log.push(event));
  return { press, arrived, log, pass: (milliseconds: number) => vi.advanceTimersByTime(milliseconds) };
}

test('a code never arrives, Enter included, and is told without what it says', () => {
  const { press, arrived, log, pass } = window();
  for (const key of 'JB-01ARZ3NDEKTSV4') {
    press(key);
    pass(5);
  }
  press('Enter');
  pass(1000);
  expect(arrived).toEqual([]);
  expect(log).toEqual(['typed-code-kept-out']);
});

test("a person's keys arrive in their order, and those that type nothing at once", () => {
  const { press, arrived, log, pass } = window();
  press('Tab');
  expect(arrived).toEqual(['Tab']);
  for (const key of 'yyZz') {
    press(key);
    pass(80);
  }
  press('a');
  pass(10);
  press('Enter');
  expect(arrived.slice(0, 6)).toEqual(['Tab', 'y', 'y', 'Z', 'z', 'a']);
  pass(1000);
  expect(arrived).toEqual(['Tab', 'y', 'y', 'Z', 'z', 'a', 'Enter']);
  expect(log).toEqual([]);
});

test('keys with Control go by themselves, behind what waits', () => {
  const { press, arrived, pass } = window();
  press('x');
  pass(5);
  press('c', { control: true });
  pass(1000);
  expect(arrived).toEqual(['x', 'c']);
});
