import type { SessionView } from '../../../domain/contracts/kiosk.ts';
import type { PageReading, ScanSource } from '../../../domain/contracts/document-scanner.ts';
import type { DevicesRoad } from '../devices-road.ts';
import type { Told } from '../told.ts';
import { fillable } from './filling.ts';
import type { Visit } from './visit.ts';

/** 200 dpi reads print, and a page is as large as one from the camera. */
const WISH = { resolution: 200, colour: 'colour' } as const;

/**
 * The pages that lie in the scanner, for the visit that asks: it ends with the visit, and what is left in the scanner then is nobody's. The window looks at each
 * and keeps it as any other page (`addPage`).
 */
export async function* scanMaterial(parts: { visit: Visit; views: Told<SessionView>; devices: Pick<DevicesRoad, 'current'> }, source: ScanSource, signal: AbortSignal | undefined): AsyncGenerator<PageReading, void> {
  const { visit, views, devices } = parts;
  const filling = await fillable(visit);
  const host = devices.current();
  if (!filling.ok || host === null) return yield { kind: 'unavailable', status: { kind: 'offline', reason: 'host-starting' } };
  const { id } = filling.value.state;
  const over = new AbortController();
  const stop = views.watch(({ session }) => session !== id && over.abort());
  const ends = signal === undefined ? over.signal : AbortSignal.any([signal, over.signal]);
  try {
    for await (const reading of await host.client.scanPages({ source, ...WISH }, { signal: ends })) {
      if (ends.aborted) return;
      yield reading;
    }
  } catch {
    // The visit ended, or the host went away in the middle: whoever still listens is told that the scanner is gone.
    if (!ends.aborted) yield { kind: 'unavailable', status: { kind: 'offline', reason: 'host-starting' } };
  } finally {
    stop();
  }
}
