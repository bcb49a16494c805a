import { useState } from 'react';
import { drop } from '../../domain/result.ts';
import type { FieldValue } from './form-rules.ts';
import type { KioskClient } from './core.ts';

/** Writes one value; answers whether it is durable. */
type Save = (name: string, value: FieldValue) => Promise<boolean>;

/**
 * Saves every field as it is typed. One save a field is on its way at a time; what was typed meanwhile goes next, so the last value always wins
 * and nothing queues up behind a slow disk.
 */
export function createSaver(told: (name: string, saved: boolean) => void): { put(name: string, value: FieldValue, save: Save): void } {
  const next = new Map<string, { value: FieldValue; save: Save }>();
  const running = new Set<string>();

  async function run(name: string): Promise<void> {
    running.add(name);
    try {
      let saved = false;
      for (let typed = next.get(name); typed !== undefined; typed = next.get(name)) {
        next.delete(name);
        saved = await typed.save(name, typed.value);
      }
      told(name, saved);
    } finally {
      running.delete(name);
    }
  }

  return {
    put(name, value, save) {
      next.set(name, { value, save });
      told(name, false);
      if (!running.has(name)) drop(run(name));
    },
  };
}

/** The saver of a form, and which fields are durable since they were last touched. */
export function useSaver(client: KioskClient): { put(name: string, value: FieldValue): void; saved: ReadonlySet<string> } {
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  const [saver] = useState(() =>
    createSaver((name, done) =>
      setSaved((held) => {
        const changed = new Set(held);
        if (done) changed.add(name);
        else changed.delete(name);
        return changed;
      }),
    ),
  );
  const save: Save = (name, value) =>
    client.saveField({ name, value }).then(
      (answer) => answer.ok,
      () => false,
    );
  return { put: (name, value) => saver.put(name, value, save), saved };
}
