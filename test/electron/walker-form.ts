/** How a citizen fills in a form in the real window: whatever is asked, each by its own widget. */
import type { Locator, Page } from 'playwright-core';
import { choose } from '../../build/demo/hands.ts';
import type { FormValues } from '../../domain/action/payload.ts';
import { fieldAt, placeOf } from '../../domain/item/rows.ts';
import type { FormField, FormSection, ItemForm } from '../../domain/item/types.ts';
import type { Speech } from '../../renderer/kiosk/text.ts';

/** @property values what this person writes other than the form's own examples, by key: `memberName-2` */
export type Filling = { page: Page; t: Speech['t']; form: ItemForm; values: FormValues };

/** Answers every question of the section that is open. What stands there already, from the card or from before, stays unless this person wants something else. */
export async function fillSection(filling: Filling, section: FormSection): Promise<void> {
  const { page, t, form } = filling;
  if (section.repeat !== undefined) {
    const rows = page.locator('section.form');
    for (let there = await rows.count(); there < rowsWanted(section, filling.values); there += 1) {
      await page.getByRole('button', { name: t(there === 0 ? 'rows.first' : 'rows.add', { name: section.repeat.title }), exact: true }).click();
      await rows.nth(there).waitFor();
    }
  }
  const done = new Set<string>();
  // Questions appear as others are answered, so each look starts from what is shown now.
  for (;;) {
    const shown = await page.locator('.form .field').evaluateAll((fields) => fields.map(({ id }) => id.slice('field-'.length, -'-frame'.length)));
    const key = shown.find((name) => !done.has(name));
    if (key === undefined) return;
    done.add(key);
    const field = fieldAt(form, key);
    // The place of an address is a frame of its own, filled with its address.
    if (field !== null && field.computed === undefined) await fillField(filling, field);
  }
}

function rowsWanted({ fields, repeat }: FormSection, values: FormValues): number {
  const names = new Set(fields.map(({ name }) => name));
  return Math.max(repeat?.least ?? 0, ...Object.keys(values).map(placeOf).filter(({ name }) => names.has(name)).map(({ row }) => row));
}

async function fillField(filling: Filling, field: FormField): Promise<void> {
  const { page, values } = filling;
  const frame = page.locator(`[id="field-${field.name}-frame"]`);
  const wanted = values[field.name];
  switch (field.widget) {
    case 'choice':
    case 'town':
    case 'yes-no': {
      const chosen = frame.locator('.choice-tile[data-selected]');
      const words = choiceWords(filling, field);
      if ((await chosen.count()) > 0 && (wanted === undefined || (await chosen.innerText()) === words)) return;
      await choose(page, `[id="field-${field.name}"]`, words);
      return saved(filling, frame);
    }
    case 'date': {
      const parts = frame.locator('input');
      const day = String(wanted ?? field.example);
      const split = [day.slice(0, 4), String(Number(day.slice(5, 7))), String(Number(day.slice(8)))];
      const there = await parts.evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
      if (there.every((part) => part !== '') && (wanted === undefined || there.join() === split.join())) return;
      for (const [at, part] of split.entries()) await type(parts.nth(at), part);
      return saved(filling, frame);
    }
    case 'address': {
      const whole = String(wanted ?? field.example);
      const place = field.options.find(({ value }) => whole.startsWith(value));
      const detail = frame.locator('textarea');
      if (wanted === undefined && (await detail.inputValue()) !== '') return;
      if (place !== undefined) await choose(page, `[id="field-${field.name}-town"]`, place.label);
      const rest = whole.slice(place?.value.length ?? 0);
      if ((await detail.inputValue()) === rest) return;
      await type(detail, rest);
      return saved(filling, frame);
    }
    default: {
      const line = frame.locator('input, textarea');
      const words = String(wanted ?? field.example);
      const there = await line.inputValue();
      if (there === words || (wanted === undefined && there !== '')) return;
      await type(line, words);
      return saved(filling, frame);
    }
  }
}

/** The words of the tile that this person touches. */
function choiceWords({ t, values }: Filling, field: FormField): string {
  const wanted = values[field.name];
  if (field.widget === 'yes-no') return t((wanted ?? true) === true ? 'yes' : 'no');
  return field.options.find(({ value }) => value === wanted)?.label ?? field.example;
}

/** Touches a field and types, in place of whatever stood there. */
export async function type(field: Locator, words: string): Promise<void> {
  await field.click();
  await field.fill('');
  await field.pressSequentially(words);
}

/** The screen says that it is durable. */
async function saved({ t }: Filling, frame: Locator): Promise<void> {
  await frame.locator('.field-saved').filter({ hasText: t('form.saved') }).waitFor();
}
