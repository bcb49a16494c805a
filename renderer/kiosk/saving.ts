import { useEffect, useRef, useState } from 'react';
import { drop } from '../../domain/result.ts';
import type { FieldValue } from './form-rules.ts';
import type { KioskClient } from './core.ts';

/** Writes one value; answers whether it is durable. */
type Save = (name: string, value: FieldValue) => Promise<boolean>;

/**
 * Saves every field as it is typed. One save a field is on its way at a time; what was typed meanwhile goes next, so the last value always wins
 * and nothing queues up behind a slow disk. A core that dies never answers; what it left unanswered is saved with the next one.
 */
export type Saver = {
  put(name: string, value: FieldValue, save: Save): void;
  /** Core was started again: whatever is not known to be durable is saved through it. */
  resume(save: Save): void;
  /** Resolves once everything that was typed was answered: what is submitted before that is not what stands on the screen. */
  settled(): Promise<void>;
};

export function createSaver(told: (name: string, saved: boolean) => void): Saver {
  const next = new Map<string, { value: FieldValue; save: Save }>();
  const unanswered = new Map<string, FieldValue>();
  let running = new Set<string>();
  const waiters: (() => void)[] = [];

  async function run(name: string, mine: Set<string>): Promise<void> {
    mine.add(name);
    let saved = false;
    for (let typed = next.get(name); typed !== undefined; typed = next.get(name)) {
      next.delete(name);
      unanswered.set(name, typed.value);
      saved = await typed.save(name, typed.value);
      // An answer that comes after core was started again speaks of the core before.
      if (mine !== running) return;
      if (saved) unanswered.delete(name);
    }
    mine.delete(name);
    told(name, saved);
    if (mine.size > 0) return;
    for (const resolve of waiters.splice(0)) resolve();
  }

  function put(name: string, value: FieldValue, save: Save): void {
    next.set(name, { value, save });
    told(name, false);
    if (!running.has(name)) drop(run(name, running));
  }

  return {
    put,
    settled: () => (running.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
    resume(save) {
      running = new Set();
      const again = new Map([...unanswered, ...[...next].map(([name, { value }]) => [name, value] as const)]);
      unanswered.clear();
      next.clear();
      for (const [name, value] of again) put(name, value, save);
    },
  };
}

/** How a form's fields are saved. */
const intoForm = (client: KioskClient, name: string, value: FieldValue): Promise<{ ok: boolean }> => client.saveField({ name, value });

/** The saver of a form, and which fields are durable since they were last touched. @param into where they are saved, when it is not the form of a case; the same function each time */
export function useSaver(client: KioskClient, into: typeof intoForm = intoForm): { put(name: string, value: FieldValue): void; settled(): Promise<void>; saved: ReadonlySet<string> } {
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
    into(client, name, value).then(
      (answer) => answer.ok,
      () => false,
    );
  const first = useRef(client);
  useEffect(() => {
    if (first.current === client) return;
    first.current = client;
    saver.resume(save);
  });
  return { put: (name, value) => saver.put(name, value, save), settled: saver.settled, saved };
}
