import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Payload } from '../action/payload.ts';
import { HOLIDAY_NOTICES } from '../calendar/holidays.ts';
import { workingCalendar } from '../calendar/working-days.ts';
import { Hash } from '../ids.ts';
import { checkForm } from '../item/form.ts';
import { checkItem } from '../item/validate.ts';
import { checkName } from '../names/name.ts';
import { identityNumber } from '../numbers/identity-number.ts';
import { isPractice } from '../practice/mark.ts';
import { practiceDivision, practiceItem } from '../practice/practice.ts';
import { checkRating } from '../ratings/ratings.ts';
import type { Item } from '../item/types.ts';
import { offeredItems } from './items.ts';
import { type AgeGroup, personOf } from './people.ts';
import { type StoryOptions, tellStory } from './story.ts';
import type { StoryAction, StoryEvent, Summary } from './world.ts';

/** Monday 23 November 2026, 09:30 in China. */
const UNTIL = Date.UTC(2026, 10, 23, 1, 30);
const own = ['elder-card', 'business-registration', 'water-permit'].map((name): Item => {
  const checked = checkItem(JSON.parse(readFileSync(new URL(`../../packs/xinchang/items/${name}.json`, import.meta.url), 'utf8')));
  if (!checked.ok) throw new Error(name);
  return checked.value;
});
const hash = Hash.parse('ab'.repeat(32));

function tell(change: Partial<StoryOptions> = {}): { events: StoryEvent[]; actions: StoryAction[]; summary: Summary } {
  const { events: telling } = tellStory({
    seed: 7, division: '330624', cases: 500, days: 60, until: UNTIL, items: offeredItems(own),
    calendarOf: (days) => ({ name: `county-${days.length}`, ...workingCalendar(HOLIDAY_NOTICES, days) }),
    paperOf: () => (_label, mediaType) => ({ hash, size: 100, mediaType }),
    envelopeOf: () => ({ caseKey: { ephemeral: '', sealed: '' }, signature: { hash, size: 100, mediaType: 'image/png' } }),
    ...change,
  });
  const events: StoryEvent[] = [];
  for (;;) {
    const next = telling.next();
    if (next.done === true) return { events, actions: events.flatMap((event) => (event.kind === 'action' ? [event] : event.kind === 'closure' ? event.moved : [])), summary: next.value };
    events.push(next.value);
  }
}

const story = tell();
/** What everything else follows from: items and folded states are left out, or most of the time would go into writing them down. */
const print = (events: readonly StoryEvent[]) => createHash('sha256').update(JSON.stringify(events, (name, value: unknown) => (name === 'state' || name === 'item' ? undefined : value))).digest('hex');

describe('a story', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(print(tell().events)).toBe(print(story.events));
    expect(print(tell({ seed: 8 }).events)).not.toBe(print(story.events));
  });
  test('has as many cases as were asked for, and every kind of action', () => {
    const kinds = Payload.options.map(({ shape }) => shape.kind.value);
    expect(story.summary.cases).toBe(500);
    expect(kinds.filter((kind) => story.summary.actions[kind] === undefined)).toEqual([]);
    expect(Object.values(story.summary.actions).reduce((sum, count) => sum + count, 0)).toBe(story.actions.length);
  });
  test('has what supervision looks for', () => {
    expect(Object.keys(tell({ cases: 1500 }).summary.flaws).sort()).toEqual([
      'answer-late', 'correction-unanswered', 'deemed-accepted', 'delivery-late', 'delivery-none', 'law-over', 'papers-not-taken', 'pause-over', 'poor-rating', 'promise-over', 'step-over', 'survey-not-held',
    ]);
  });
  test('comes in the order of the hall, ends in time, and no machine goes back', () => {
    const ats = story.events.map(({ at }) => at);
    expect(ats).toEqual(ats.toSorted((left, right) => left - right));
    expect(ats.at(-1)).toBeLessThan(UNTIL);
    const last = new Map<string, { boot: string; monotonic: number }>();
    for (const { machine, time } of story.actions) {
      const before = last.get(machine);
      if (before?.boot === time.boot) expect(time.monotonic).toBeGreaterThanOrEqual(before.monotonic);
      last.set(machine, time);
    }
  });
  test('says nothing that its schema does not know, in the order of the schema', () => {
    const differing = story.actions.filter(({ payload }) => JSON.stringify(Payload.parse(payload)) !== JSON.stringify(payload));
    expect(differing.map(({ payload }) => payload.kind)).toEqual([]);
  });
  test('hands in forms that a terminal would, and ratings with tags of their level', () => {
    const forms = story.actions.flatMap(({ payload, item }) => (payload.kind === 'handed-in' ? [{ checked: checkForm(item.form, payload.form), form: payload.form }] : []));
    expect(forms.map(({ checked }) => checked)).toEqual(forms.map(({ form }) => ({ ok: true, value: form })));
    const ratings = story.actions.flatMap(({ payload }) => (payload.kind === 'rated' ? [checkRating(payload.level, payload.tags).ok] : []));
    expect(ratings).not.toContain(false);
  });
  test('gives each number once', () => {
    const numbers = story.actions.flatMap(({ payload }) => (payload.kind === 'handed-in' ? [payload.number.value] : payload.kind === 'accepted' ? [payload.number] : []));
    const handed = story.actions.flatMap(({ payload }) => (payload.kind === 'handed-in' ? [payload.number.value] : []));
    expect(new Set(handed).size).toBe(handed.length);
    expect(numbers.length).toBeGreaterThan(handed.length);
    expect(story.summary.notes['provisional-numbers']).toBeGreaterThan(0);
  });
});

describe('its people and items', () => {
  test.each<AgeGroup>(['elder', 'adult'])('every %s has a valid number and a name, and no two share a number', (group) => {
    const people = Array.from({ length: 15_000 }, (_, index) => personOf(3, group, index));
    const wrong = people.filter(({ holder, name }) => !identityNumber(holder.number).ok || !checkName(name).ok);
    expect(wrong).toEqual([]);
    expect(new Set(people.map(({ holder }) => holder.number)).size).toBe(people.length);
    expect(personOf(3, group, 77)).toEqual(people[77]);
    expect(new Set(people.map(({ holder }) => holder.card)).size).toBeGreaterThanOrEqual(4);
  });
  test('no elder has the number of an adult', () => {
    const numbers = (['elder', 'adult'] as const).flatMap((group) => Array.from({ length: 3000 }, (_, index) => personOf(3, group, index).holder.number));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
  test('items are valid, for a practice hall as well, where all of them say so', () => {
    for (const { item } of offeredItems(own)) {
      expect(checkItem(item)).toMatchObject({ ok: true });
      const practised = practiceItem(item);
      expect(checkItem(practised)).toMatchObject({ ok: true });
      for (const name of [practised.name, practised.body.name, practised.result.name]) expect(name).toMatch(/^练习/);
      expect(isPractice(practised.body.creditCode.slice(2, 8))).toBe(true);
    }
    expect(practiceDivision('330624')).toBe('990624');
  });
});
