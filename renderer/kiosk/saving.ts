import { useEffect, useRef, useState } from 'react';
import { drop } from '../../domain/result.ts';
import type { FieldValue } from './form-rules.ts';
import type { KioskClient } from './core.ts';

/**
 * Saves every field as it is typed. One save a field is on its way at a time; what was typed meanwhile goes next, so the last value always wins
 * and nothing queues up behind a slow disk.
 */
export function createSaver(save: (name: string, value: FieldValue) => Promise<boolean>, told: (name: string, saved: boolean) => void): { put(name: string, value: FieldValue): void } {
  const next = new Map<string, FieldValue>();
  const running = new Set<string>();

  async function run(name: string): Promise<void> {
    running.add(name);
    try {
      let saved = false;
      while (next.has(name)) {
        const value = next.get(name) ?? null;
        next.delete(name);
        saved = await save(name, value);
      }
      told(name, saved);
    } finally {
      running.delete(name);
    }
  }

  return {
    put(name, value) {
      next.set(name, value);
      told(name, false);
      if (!running.has(name)) drop(run(name));
    },
  };
}

/** The saver of a form, and which fields are durable since they were last touched. */
export function useSaver(client: KioskClient): { put(name: string, value: FieldValue): void; saved: ReadonlySet<string> } {
  const [saved, setSaved] = useState<ReadonlySet<string>>(new Set());
  const latest = useRef(client);
  useEffect(() => {
    latest.current = client;
  }, [client]);
  const [saver] = useState(() =>
    createSaver(
      (name, value) =>
        latest.current.saveField({ name, value }).then(
          (answer) => answer.ok,
          () => false,
        ),
      (name, done) =>
        setSaved((held) => {
          const changed = new Set(held);
          if (done) changed.add(name);
          else changed.delete(name);
          return changed;
        }),
    ),
  );
  return { put: saver.put, saved };
}
