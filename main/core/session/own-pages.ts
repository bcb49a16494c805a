import { PROMISES_SINCE } from '../../../domain/contracts/hall.ts';
import type { OwnFile, OwnReading, SessionView } from '../../../domain/contracts/kiosk.ts';
import type { Undecodable } from '../../../domain/contracts/quarantine.ts';
import { MOST_FILE_BYTES } from '../../../domain/material/picture-header.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import type { PhoneRoad } from '../phone-road.ts';
import type { Quarantine } from '../quarantine.ts';
import { filesOnSticks, readStickFile, type StickFile } from '../own-stick.ts';
import type { Told } from '../told.ts';
import { fillable } from './filling.ts';
import type { Visit } from './visit.ts';

/**
 * A citizen's own pictures and files, by phone or stick. They come to the window as pictures that the quarantine made; the window judges, stamps and adds them as any
 * other page. What was listed or sent is kept nowhere but in a page that was added.
 */
export type OwnPages = {
  /** Opens the page for phones, for one material of this visit; ends with the visit, and when the window leaves the stream. */
  fromPhone(material: string, signal: AbortSignal | undefined): AsyncGenerator<OwnReading, void>;
  /** What lies on the stick; null: none is in the machine. */
  files(): Promise<OwnFile[] | null>;
  open(file: number): Promise<Result<Uint8Array<ArrayBuffer>[], Undecodable>>;
};

export function createOwnPages(parts: { visit: Visit; views: Told<SessionView>; phone: PhoneRoad; quarantine: Quarantine }): OwnPages {
  const { visit, views, phone, quarantine } = parts;
  let listed: { session: string; files: StickFile[] } | null = null;
  // The next person finds nothing of what lay on the stick of the one before.
  views.watch(({ session }) => {
    if (listed !== null && session !== listed.session) listed = null;
  });

  /** What may be taken now: a visit at its materials, for a hall that can be told that nobody saw a paper. */
  async function taking() {
    const filling = await fillable(visit);
    return filling.ok && (await visit.hallProtocol()) >= PROMISES_SINCE ? filling.value : null;
  }

  return {
    async *fromPhone(key, signal) {
      const going = await taking();
      const host = phone.current();
      const material = going?.item.materials.find((one) => one.key === key);
      if (visit.config.phonePages === null || going === null || material === undefined || host === null) return yield { kind: 'closed', why: 'unavailable' };
      const over = new AbortController();
      const stop = views.watch(({ session }) => session !== going.state.id && over.abort());
      const ends = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
      try {
        for await (const word of await host.offer({ material: material.name, hall: visit.config.hallName }, { signal: ends })) {
          if (ends.aborted) return;
          if (word.kind === 'picture') {
            // Somebody who photographs is here, though nobody touches the screen.
            await visit.change({ touchedAt: visit.clock.now() });
            const made = await quarantine.pictures(word.bytes);
            if (ends.aborted) return;
            yield made.ok ? { kind: 'pages', pages: made.value.map((page) => new Uint8Array(page)) } : { kind: 'refused', why: made.error.kind };
          } else yield word;
        }
      } catch {
        if (!ends.aborted) yield { kind: 'closed', why: 'unavailable' };
      } finally {
        stop();
        // Whoever left the stream in its middle closes the page with it.
        over.abort();
      }
    },
    async files() {
      const { sticks } = visit.config;
      const going = await taking();
      if (sticks === null || going === null) return null;
      const files = await filesOnSticks(sticks.mounts);
      listed = files === null ? null : { session: going.state.id, files };
      return files?.map(({ name, type, size }, file) => ({ file, name, type, size })) ?? null;
    },
    async open(file) {
      const going = await taking();
      const known = going !== null && listed?.session === going.state.id ? listed.files[file] : undefined;
      if (known === undefined) return err({ kind: 'broken' });
      if (known.size > MOST_FILE_BYTES) return err({ kind: 'too-large' });
      const bytes = await readStickFile(known);
      if (bytes === null) return err({ kind: 'broken' });
      const made = await quarantine.pictures(bytes);
      return made.ok ? ok(made.value.map((page) => new Uint8Array(page))) : made;
    },
  };
}
