import { describe, expect, test } from 'vitest';
import { createSends } from './sends.ts';

function deferred() {
  let [resolve, reject]: [(value: string) => void, (cause: Error) => void] = [() => {}, () => {}];
  const promise = new Promise<string>((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
}

describe('sends under way', () => {
  test('are waited for, whether they end well or badly, and each gives its own end to its own caller', async () => {
    const sends = createSends();
    const trace: string[] = [];
    const [good, bad] = [deferred(), deferred()];
    const given = [sends.during(good.promise), sends.during(bad.promise)];
    const over = sends.over().then(() => trace.push('over'));
    good.resolve('sent');
    await new Promise(setImmediate);
    expect(trace).toEqual([]);
    bad.reject(new Error('gone'));
    await over;
    expect(await Promise.allSettled(given)).toMatchObject([{ value: 'sent' }, { reason: { message: 'gone' } }]);
  });
});
