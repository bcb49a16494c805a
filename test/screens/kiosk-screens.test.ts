import { describe, expect, test } from 'vitest';
import { howMany } from '../faults/rig/seed.ts';
import { EVERY_PICTURE, keep, kioskOfSuite, LANDSCAPE, LONG, PORTRAIT, show, type Tool } from './kiosk-stage.ts';
import { breaches, seriousFaults } from './look.ts';

type Look = { name: string; size: typeof PORTRAIT; tools: readonly Tool[]; query?: string };
const LOOKS: readonly Look[] = [
  { name: 'portrait', size: PORTRAIT, tools: [] },
  { name: 'landscape', size: LANDSCAPE, tools: [] },
  { name: 'elder', size: PORTRAIT, tools: ['elder'] },
  { name: 'english', size: PORTRAIT, tools: ['other'] },
  { name: 'landscape-elder', size: LANDSCAPE, tools: ['elder'] },
  { name: 'contrast-low', size: PORTRAIT, tools: ['contrast', 'low'] },
  { name: 'elder-low', size: PORTRAIT, tools: ['elder', 'low'] },
  { name: 'mirrored', size: PORTRAIT, tools: ['other'], query: '?mirrored' },
];
/** What axe looks at: in another contrast only colours differ, and in the other looks only places and sizes. */
const LOOKED_AT_BY_AXE: Readonly<Record<string, 'everything' | 'contrast'>> = { portrait: 'everything', 'contrast-low': 'contrast' };

/** Every scene is seen upright, every second one in the other look that axe looks at, and an eighth in each of the others; all in all looks where every picture is wanted, or the full length was asked for. */
function isLookedAt(look: Look, place: number): boolean {
  if (EVERY_PICTURE || look.name === 'portrait') return true;
  return (place + LOOKS.indexOf(look)) % (LOOKED_AT_BY_AXE[look.name] === undefined ? howMany(8, 1) : howMany(2, 1)) === 0;
}

const { open } = kioskOfSuite();

describe('screens of the kiosk', () => {
  test.each(LOOKS)('$name: nothing overflows, every target is large enough, and where colours differ axe finds no serious fault', async (look) => {
    const { name, size, tools, query } = look;
    const { page, faults } = await open(size, query);
    const scenes = (await page.evaluate(() => window.sceneNames)).filter((_scene, place) => isLookedAt(look, place));
    expect(scenes.length).toBeGreaterThan(5);
    for (const scene of scenes) {
      await show(page, scene, tools);
      expect(await breaches(page), `${name} ${scene}`).toEqual([]);
      const looks = LOOKED_AT_BY_AXE[name];
      if (looks !== undefined) expect(await seriousFaults(page, looks), `${name} ${scene}`).toEqual([]);
      await keep(page, `${name}-${scene}`);
    }
    expect(faults).toEqual([]);
    await page.context().close();
  }, LONG);
});
