import { describe, expect, test } from 'vitest';
import type { FieldValue } from './form-rules.ts';
import { createSaver } from './saving.ts';

/** A disk that answers when told to. */
function slowDisk() {
  const written: [string, FieldValue][] = [];
  const waiting: ((answer: boolean) => void)[] = [];
  return {
    written,
    save: (name: string, value: FieldValue) => {
      written.push([name, value]);
      return new Promise<boolean>((resolve) => waiting.push(resolve));
    },
    async answer(saved: boolean) {
      waiting.shift()?.(saved);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('saving fields as they are typed', () => {
  test('while one value is on its way only the last of the following is sent', async () => {
    const disk = slowDisk();
    const told: [string, boolean][] = [];
    const saver = createSaver((name, saved) => told.push([name, saved]));
    for (const value of ['王', '王建', '王建国']) saver.put('name', value, disk.save);
    expect(disk.written).toEqual([['name', '王']]);
    await disk.answer(true);
    expect(disk.written).toEqual([['name', '王'], ['name', '王建国']]);
    expect(told.at(-1)).toEqual(['name', false]);
    await disk.answer(true);
    expect(told.at(-1)).toEqual(['name', true]);
  });

  test('fields do not wait for each other, and one that was not saved never says so', async () => {
    const disk = slowDisk();
    const told: [string, boolean][] = [];
    const saver = createSaver((name, saved) => told.push([name, saved]));
    saver.put('phone', '1', disk.save);
    saver.put('town', 'a', disk.save);
    expect(disk.written).toHaveLength(2);
    await disk.answer(false);
    await disk.answer(true);
    expect(told.filter(([, saved]) => saved)).toEqual([['town', true]]);
    saver.put('phone', '12', disk.save);
    expect(disk.written.at(-1)).toEqual(['phone', '12']);
  });

  test('who submits waits until all that was typed is answered, over a core that dies too', async () => {
    const [dead, alive] = [slowDisk(), slowDisk()];
    const saver = createSaver(() => undefined);
    await saver.settled();
    let settled = false;
    saver.put('phone', '1', dead.save);
    saver.put('phone', '138', dead.save);
    const waiting = saver.settled().then(() => (settled = true));
    await dead.answer(true);
    expect(settled).toBe(false);
    saver.resume(alive.save);
    await alive.answer(true);
    await waiting;
    expect(alive.written).toEqual([['phone', '138']]);
  });
});

describe('a core that dies', () => {
  test('never answers: what it left unanswered is saved with the next one, the last value of each field', async () => {
    const [dead, alive] = [slowDisk(), slowDisk()];
    const told: [string, boolean][] = [];
    const saver = createSaver((name, saved) => told.push([name, saved]));
    saver.put('phone', '1', dead.save);
    saver.put('phone', '138', dead.save);
    saver.put('town', 'a', dead.save);
    saver.resume(alive.save);
    expect(alive.written).toEqual([['phone', '138'], ['town', 'a']]);
    await alive.answer(true);
    await alive.answer(true);
    await dead.answer(true);
    expect(told.filter(([, saved]) => saved)).toEqual([['phone', true], ['town', true]]);
    saver.put('phone', '139', alive.save);
    expect(alive.written.at(-1)).toEqual(['phone', '139']);
  });
});
