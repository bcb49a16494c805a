/**
 * Nothing of a visit is left on the machine: random visits in the real terminal, each with words of its own, and then a search of every byte that it wrote: the window's profile with its caches and
 * crash reports, temporary and home folders, the log, and the store, whose plain bytes a thief with the key would read.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../build/demo/child.ts';
import { HAND_IN, type JourneyStep } from '../../build/demo/citizen.ts';
import type { County } from '../../build/demo/county.ts';
import type { TerminalWindow } from '../../build/demo/window.ts';
import { PRESETS } from '../../devices/id-card-reader/presets.ts';
import { zhCN } from '../../renderer/kiosk/texts/zh-CN.ts';
import { howMany, randomFrom, SEED } from '../faults/rig/seed.ts';
import { plainStates } from '../rigs/forensics.ts';
import { secretsOf } from '../rigs/machine.ts';
import { type ElectronStage, openElectronStage } from './stage.ts';

/** What somebody does before they go. `handed-in` alone leaves something, sealed: the case. */
const STORIES = ['handed-in', 'core-died', 'photographed', 'looked-up', 'browsed', 'showed-card', 'filled-in'] as const;
type Story = (typeof STORIES)[number];
const VISITS = howMany(4, 200);
const LONG = howMany(240_000, 3_600_000);

const random = randomFrom(SEED);
let stage: ElectronStage;
let folder: string;
let county: County;
let window: TerminalWindow;

beforeAll(async () => {
  stage = await openElectronStage('trace', { env(place) {
    for (const own of ['home', 'tmp']) mkdirSync(join(place, own));
    return { HOME: join(place, 'home'), XDG_CONFIG_HOME: join(place, 'home'), XDG_CACHE_HOME: join(place, 'home'), TMPDIR: join(place, 'tmp') };
  } });
  ({ folder, county, window } = stage);
}, 180_000);
afterAll(() => stage?.close());

const step = (name: string): JourneyStep => {
  const found = HAND_IN.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no step ${name}`);
  return found;
};

async function walk(...names: string[]): Promise<void> {
  for (const name of names) await step(name).run({ page: window.page, county, memory: { number: '' }, shot: () => Promise.resolve() });
}

async function type(field: string, words: string): Promise<void> {
  await window.page.locator(field).fill(words);
}

/** The words of one visit, which nothing else holds. */
function planted(): { word: string; phone: string } {
  const letters = Array.from({ length: 14 }, () => 'ABCDEFGHJKLMNPQRSTUVWXYZ'[random.between(0, 23)]).join('');
  return { word: `记号${letters}`, phone: `139${String(random.between(10_000_000, 99_999_999))}` };
}

async function leave(): Promise<void> {
  const { page } = window;
  await page.locator('.tool-leave').click();
  await page.getByRole('button', { name: zhCN['leave.end'], exact: true }).click();
  await page.locator('.app-step:not([inert]) .tile').first().waitFor();
}

async function fill({ word, phone }: { word: string; phone: string }): Promise<void> {
  await walk('home', 'items', 'guide', 'situation', 'identify', 'card', 'form');
  await type('#field-emergencyName', word);
  await type('#field-emergencyPhone', phone);
  await window.page.locator('.field-saved').nth(1).waitFor();
}

/** One visit, up to the home screen of the next. */
async function live(story: Story, words: { word: string; phone: string }): Promise<void> {
  const { page } = window;
  switch (story) {
    case 'browsed':
      await walk('home');
      await page.locator('.tile:not(.tile-off)').first().click({ delay: 250 });
      await page.getByRole('textbox', { name: zhCN['items.search'] }).fill(words.word);
      return leave();
    case 'showed-card':
      await walk('home', 'items', 'guide', 'situation', 'identify', 'card');
      return leave();
    case 'filled-in':
      await fill(words);
      return leave();
    case 'core-died': {
      await fill(words);
      const starts = () => stage.log.join('').split('"event":"host-started","host":"core"').length;
      const before = starts();
      await window.kill('core');
      await until('core started again', () => starts() > before);
      await page.locator('.app-step:not([inert])').waitFor({ timeout: 30_000 });
      return leave();
    }
    case 'photographed':
      await fill(words);
      await walk('materials', 'capture');
      return leave();
    case 'looked-up':
      await page.locator('.tile:not(.tile-off)').filter({ hasText: zhCN['home.progress'] }).click({ delay: 250 });
      await page.getByText(zhCN['identify.place']).first().waitFor();
      await county.device('id-card-reader', 'place elder');
      await page.getByRole('heading', { level: 1, name: zhCN['progress.title.progress'] }).waitFor({ timeout: 30_000 });
      await county.device('id-card-reader', 'remove');
      return leave();
    case 'handed-in':
      await fill(words);
      await walk('materials', 'capture', 'check', 'handed-in', 'goodbye');
  }
}

/** Every file below a folder, whole. */
function bytesBelow(place: string): { file: string; bytes: Buffer }[] {
  return readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return { file, bytes: readFileSync(file) };
  });
}

/** Where words stand, in the encodings that programs write them in. */
function where(words: readonly string[], places: readonly { file: string; bytes: Buffer }[]): string[] {
  const needles = words.flatMap((word) => [Buffer.from(word), Buffer.from(word, 'utf16le')]);
  return places.filter(({ bytes }) => needles.some((needle) => bytes.includes(needle))).map(({ file }) => file);
}

test(`${VISITS} random visits leave nothing that a search of the disk finds (seed ${SEED})`, async () => {
  const stories = Array.from({ length: VISITS }, (_, index) => STORIES[index] ?? random.pick(STORIES));
  const gone: string[] = [];
  const sealed: string[] = [];
  const { file, storeKey } = secretsOf(county);
  for (const [index, story] of stories.entries()) {
    const words = planted();
    (story === 'handed-in' ? sealed : gone).push(words.word, words.phone);
    await live(story, words).catch((cause: unknown) => {
      throw new Error(`visit ${index}, ${story}: ${String(cause)}`);
    });
  }
  expect(await window.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('');

  // The search finds what is there: words of a visit that goes on stand in the store, and a file that a careless program left is seen.
  const present = planted();
  await fill(present);
  const plain = () => plainStates(file, storeKey).map((bytes) => ({ file: 'store', bytes }));
  expect(where([present.word], plain())).not.toEqual([]);
  await leave();
  writeFileSync(join(folder, 'tmp', 'careless'), Buffer.from(present.word, 'utf16le'));
  expect(where([present.word], bytesBelow(join(folder, 'tmp')))).toEqual([join(folder, 'tmp', 'careless')]);
  rmSync(join(folder, 'tmp', 'careless'));
  gone.push(present.word, present.phone);

  await window.close();
  const people = Object.values(PRESETS).flatMap(({ name, number }) => [name, number].filter((words) => words !== ''));
  const written = [join(folder, 'terminal'), join(folder, 'tmp'), join(folder, 'home')].flatMap(bytesBelow);
  expect(written.length).toBeGreaterThan(20);
  expect(where([...gone, ...sealed, ...people], written)).toEqual([]);
  expect(where([...gone, ...sealed, ...people], [{ file: 'log', bytes: Buffer.from(stage.log.join('')) }])).toEqual([]);
  // With the key a thief finds the case that was handed in, and of everybody else nothing.
  expect(where(gone, plain())).toEqual([]);
  expect(where(sealed, plain()).length > 0).toBe(stories.includes('handed-in'));
}, LONG);
