import { type Lit, lightsFor, withLightsOf } from '../../domain/board/lights.ts';
import { drop } from '../../domain/result.ts';
import type { Clock } from '../../domain/time.ts';
import type { DevicesRoad } from './devices-road.ts';
import type { Told } from './told.ts';

/** Has the board show where in the visit a person is, on a machine that has one. The answer ends it, and leaves the lights to the board's own darkness. */
export function keepLights({ views, devices, clock }: { views: Pick<Told<Lit>, 'get' | 'watch'>; devices: Pick<DevicesRoad, 'current' | 'states'>; clock: Clock }): () => void {
  let shown = '';
  let turn: Promise<void> = Promise.resolve();

  function show(): void {
    turn = turn.then(showNow);
    drop(turn);
  }

  async function showNow(): Promise<void> {
    const host = devices.current();
    if (host === null || devices.states.get().board.kind !== 'online') {
      // What a board showed before it went away, nobody knows any more.
      shown = '';
      return;
    }
    const wish = lightsFor(views.get(), clock.now());
    const wanted = JSON.stringify(wish);
    if (wanted === shown) return;
    try {
      const { capabilities } = await host.client.boardCapabilities();
      if (capabilities === null) return;
      const set = await host.client.setLights(withLightsOf(wish, capabilities.lights));
      shown = set.ok ? wanted : '';
    } catch {
      // The host went away; the next one is told anew.
      shown = '';
    }
  }

  const stops = [views.watch(show), devices.states.watch(show)];
  return () => {
    for (const stop of stops) stop();
  };
}
