/** Fills a hall with a made-up county, its people and their cases. */
import type { Hash } from '../../domain/ids.ts';
import type { Item } from '../../domain/item/types.ts';
import { offeredItems } from '../../domain/seed/items.ts';
import { tellStory } from '../../domain/seed/story.ts';
import type { Summary } from '../../domain/seed/world.ts';
import type { County } from '../../domain/seed/county.ts';
import { calendarOf } from '../clock/calendar.ts';
import type { Ground } from '../ground.ts';
import type { HallKeyRing } from '../identity/keys.ts';
import { writeBulk } from './bulk.ts';
import { putOnStage } from './cast.ts';
import { createPapers, deriveFrom } from './papers.ts';
import { replay } from './replay.ts';

export type SeedOptions = {
  seed: number;
  cases: number;
  days: number;
  /** Where the story ends, milliseconds since 1970. */
  until: number;
  /** Items of the county's own packs; the story adds some of its own. */
  items: readonly Item[];
  /** How an item is published here: a practice hall marks it. */
  asPublished: (item: Item) => Item;
  /** `replay` goes through the hall's own deeds, `bulk` writes rows. Both leave the same. */
  writer: 'replay' | 'bulk';
  /** Whether pages are really made and sealed; null: they are not, and the console says of them that they cannot be opened. */
  scans: ((hash: Hash, sealed: Uint8Array) => Promise<void>) | null;
  told: (events: number) => void;
};

/** @returns what the story means to contain, and the county it is about */
export async function seedHall(ground: Ground, keys: HallKeyRing, options: SeedOptions): Promise<{ summary: Summary; county: County }> {
  const { seed, cases, days, until, asPublished, writer, scans, told } = options;
  const derive = deriveFrom(keys, seed);
  const papers = createPapers(keys, derive, scans !== null);
  const items = offeredItems(options.items).map(({ item, weight }) => ({ item: asPublished(item), weight }));
  const story = tellStory({ seed, division: ground.division, cases, days, until, items, calendarOf: (local) => calendarOf([], local), paperOf: papers.paperOf, envelopeOf: papers.envelopeOf });
  const clock = { ...ground.clock, now: () => story.from };
  const players = await putOnStage({ ...ground, clock }, story.county, items.map(({ item }) => item), derive);
  const keepScans = async () => {
    for (const [hash, sealed] of papers.made) await scans?.(hash, sealed);
    papers.made.clear();
  };
  const stage = { ground, story, players, keepScans, told };
  const summary = await (writer === 'replay' ? replay(stage) : writeBulk(stage));
  return { summary, county: story.county };
}
