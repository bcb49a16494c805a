/** A citizen who walks any item through the real window by what is on the screen, as a person would: told only what they came for. */
import type { Locator, Page } from 'playwright-core';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { exactly, photograph, placeCard, sign, SLOW, touchTile } from '../../build/demo/hands.ts';
import type { PresetName } from '../../devices/id-card-reader/presets.ts';
import type { Answers, FormValues } from '../../domain/action/payload.ts';
import type { WhoField } from '../../domain/contracts/kiosk.ts';
import type { ApplicantWay } from '../../domain/identity/applicant.ts';
import type { Item } from '../../domain/item/types.ts';
import { speech, type TextKey } from '../../renderer/kiosk/text.ts';
import { LANGUAGES, languageNamed } from '../../renderer/kiosk/texts/languages.ts';
import { fillSection, type } from './walker-form.ts';

/**
 * What somebody came for.
 * @property answers of the situation, by question
 * @property way only where the screen asks for whom it is
 * @property card their own
 * @property other who is applied for: by the card that they brought, or what they write
 * @property together cards of those who apply with them
 * @property values what differs from the form's own examples, by key
 * @property promises materials in whose place they promise something
 * @property walksAway at the farewell, without a word: it ends by itself
 */
export type Citizen = {
  item: Item;
  answers: Answers;
  way?: ApplicantWay;
  card: PresetName;
  other?: { card: PresetName } | Partial<Record<WhoField, string>>;
  together?: readonly PresetName[];
  values?: FormValues;
  promises?: readonly string[];
  walksAway?: boolean;
  language?: string;
  tools?: readonly ('elder' | 'contrast' | 'low')[];
};

/** What they take away: the number, and what the screen said of each paper. */
export type Walked = { number: string; papers: readonly string[] };

/** Told after everything on a screen is done, before the way on is pressed: for pictures and for whatever comes between. */
export type AfterStep = (step: string) => Promise<void>;

/** Which screen has which title; those of guide, questions and form are the item's own. */
const TITLES = {
  items: ['items.title'], who: ['who.title'], bring: ['situation.bring.title'], identify: ['identify.title', 'identify.title.receipt'], 'for-whom': ['who.principal.title', 'who.company.title'],
  'second-card': ['second-card.title.principal', 'second-card.title.together'], together: ['together.title'], materials: ['materials.title'], check: ['check.title'], 'handed-in': ['handed-in.title'], goodbye: ['goodbye.title'],
} as const satisfies Record<string, readonly TextKey[]>;
type Place = keyof typeof TITLES;

/** From the first touch at the home screen back to it. */
export async function walk({ page, county }: { page: Page; county: Pick<County, 'device'> }, citizen: Citizen, after: AfterStep = () => Promise.resolve()): Promise<Walked> {
  const { item } = citizen;
  const { t } = speech(languageNamed(citizen.language ?? ''));
  const walked: { number: string; papers: readonly string[] } = { number: '', papers: [] };
  const together = [...(citizen.together ?? [])];
  const press = (key: TextKey) => page.getByRole('button', { name: t(key), exact: true }).click();
  /** The screen's one way on. On a screen that lies across, an open keyboard stands in its place until it is shut. */
  const on = async () => {
    const way = page.locator('.app-step:not([inert]) .screen-actions [data-way="on"]');
    if ((await page.locator('.keyboard').isVisible()) && !(await way.isVisible())) await press('keyboard.hide');
    await way.click();
  };

  async function readCard(card: PresetName): Promise<void> {
    const title = await titleShown(page);
    await placeCard(page, county, card, new RegExp(`^(${t('identify.place')}|${t('identify.place-again')})$`));
    await titleAfter(page, title);
    await county.device('id-card-reader', 'remove');
  }

  /** What a person does on each screen before they go on, and how they go on. */
  const at: Record<Place, () => Promise<() => Promise<void>>> = {
    async items() {
      await type(page.getByRole('textbox', { name: t('items.search') }), item.words[0] ?? item.name);
      // What they call it finds it first.
      const card = page.locator('.item-list').first().locator('li:first-child .item-card').filter({ hasText: item.name });
      await card.waitFor(SLOW);
      return () => card.click();
    },
    who: async () => () => page.getByRole('button', { name: new RegExp(`^${t(`who.way.${citizen.way ?? 'self'}`)}`) }).click(),
    bring: async () => on,
    identify: async () => () => readCard(citizen.card),
    async 'for-whom'() {
      const { other = {} } = citizen;
      if ('card' in other) return (await page.getByText(t('who.principal.read')).count()) > 0 ? on : () => press('who.principal.card');
      for (const [field, words] of Object.entries(other)) {
        const line = page.locator(`#who-${field}`);
        if ((await line.inputValue()) !== words) await type(line, words);
        await page.locator(`#who-${field}-frame .field-saved`).filter({ hasText: t('form.saved') }).waitFor();
      }
      return on;
    },
    'second-card': async () => async () => {
      const { other = {} } = citizen;
      const isPrincipal = (await titleShown(page)) === t('second-card.title.principal');
      await readCard(isPrincipal ? ('card' in other ? other.card : citizen.card) : (together.shift() ?? citizen.card));
    },
    together: async () => (together.length > 0 ? () => press('together.add') : on),
    async materials() {
      await provide();
      return on;
    },
    async check() {
      // Somebody whose form asked for no telephone writes it here.
      const phone = page.locator('#check-phone');
      if ((await phone.inputValue()) === '') await type(phone, '13800001234');
      // The keyboard shuts when the field is left; the page is still again before the finger comes down to sign.
      await phone.blur();
      await sign(page);
      return on;
    },
    async 'handed-in'() {
      walked.number = await page.locator('.handed-in-number strong').innerText();
      await papersSettled(page, (key) => t(key));
      return async () => {
        walked.papers = await papersSettled(page, (key) => t(key));
        await on();
      };
    },
    goodbye: async () => (citizen.walksAway === true ? () => Promise.resolve() : on),
  };

  /** Each material that is required: a promise where this person has it not, else a picture of it. */
  async function provide(): Promise<void> {
    const promised = new Map(citizen.promises?.map((key) => [item.materials.find((material) => material.key === key)?.name, key]));
    const open = page.locator('.material:not(.material-done)').filter({ has: page.locator('.pill', { hasText: t('material.required') }) });
    while ((await open.count()) > 0) {
      const name = await open.first().locator('h2').innerText();
      const here = page.locator('.material').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) });
      const key = promised.get(name);
      if (key !== undefined) await promise(here.locator('.material-offers button').first(), key);
      else {
        await here.locator('.material-add').first().click();
        await photograph(page, { shoot: t('capture.shoot'), keep: t('capture.keep') }, after);
      }
      await page.locator('.material-done').filter({ has: page.getByRole('heading', { level: 2, name, exact: true }) }).waitFor(SLOW);
    }
  }

  async function promise(offer: Locator, key: string): Promise<void> {
    await offer.click();
    await page.locator('.promise-agree').click();
    await page.locator('.promise-agree[aria-pressed="true"]').waitFor();
    await after(`promise ${key}`);
    await on();
  }

  /** Where the citizen stands, by the title of the screen. */
  async function standAt(title: string): Promise<{ step: string; goOn(): Promise<void> }> {
    const place = (Object.keys(TITLES) as Place[]).find((name) => TITLES[name].some((key) => t(key) === title));
    if (place !== undefined) return { step: place, goOn: await at[place]() };
    if (title === item.name) return { step: 'guide', goOn: on };
    const question = item.situations?.find((one) => one.question === title);
    if (question !== undefined) {
      const words = question.options.find(({ value }) => value === citizen.answers[question.key])?.label ?? '';
      return { step: `question ${question.key}`, goOn: () => page.locator('.situation-option').filter({ hasText: exactly(words) }).click() };
    }
    const section = item.form.sections.findIndex((one) => one.title === title);
    const asked = item.form.sections[section];
    if (asked === undefined) throw new Error(`a screen that nobody expects: ${title}\n${await wordsShown(page)}`);
    await fillSection({ page, t, form: item.form, values: citizen.values ?? {} }, asked);
    return { step: `form ${section + 1}`, goOn: on };
  }

  await begin(page, citizen, (key) => t(key), after);
  for (let title = await titleAfter(page, ''); ; title = await titleAfter(page, title)) {
    const { step, goOn } = await standAt(title);
    await after(step);
    await goOn();
    if (step === 'goodbye') break;
  }
  await page.locator('.home').waitFor(SLOW);
  return walked;
}

/** At the home screen: how this person wants the screen, then the way in. */
async function begin(page: Page, { language, tools = [] }: Citizen, t: (key: TextKey) => string, after: AfterStep): Promise<void> {
  await page.locator('.home').waitFor(SLOW);
  if (language !== undefined) {
    for (const { name } of LANGUAGES.slice(1, 1 + LANGUAGES.findIndex(({ code }) => code === language))) await page.locator('.tool').filter({ hasText: name }).click();
    await page.locator(`html[lang="${language}"]`).waitFor();
  }
  for (const tool of tools) {
    await page.locator('.tool').filter({ hasText: t(`toolbar.${tool}`) }).click();
    await page.locator('.tool[aria-pressed="true"]').filter({ hasText: t(`toolbar.${tool}`) }).waitFor();
  }
  await after('home');
  await touchTile(page, t('home.apply'));
  await page.getByRole('heading', { level: 1, name: t('items.title') }).waitFor(SLOW);
}

/** States of a paper that are no end. */
const RUNNING = ['reserved', 'sent', 'looking.connection-lost', 'looking.no-answer'] as const;

/** What the screen says of slip and receipt, once it has said the last of both. */
function papersSettled(page: Page, t: (key: TextKey) => string): Promise<string[]> {
  return until('both papers at an end', async () => {
    const words = await page.locator('.print-words').allInnerTexts();
    return words.length === 2 && words.every((paper) => RUNNING.every((state) => !paper.includes(t(`print.state.${state}`)))) ? words : null;
  });
}

async function titleShown(page: Page): Promise<string> {
  return page.locator('.app-step:not([inert]) h1').innerText();
}

/** Waits for a screen with another title than this. What holds the citizen up is thrown, in the words of the screen. */
async function titleAfter(page: Page, before: string): Promise<string> {
  const seen = await page
    .waitForFunction((old) => {
      const title = document.querySelector('.app-step:not([inert]) h1')?.textContent ?? '';
      const stop = document.querySelector('.error-summary, .app-refusal .notice-fault, .screen .notice-fault');
      return title !== '' && title !== old ? { title } : stop === null ? false : { title: '' };
    }, before, SLOW)
    .then((handle) => handle.jsonValue(), () => false as const);
  if (seen === false || seen.title === '') throw new Error(`held up at ${before}:\n${await wordsShown(page)}`);
  return seen.title;
}

async function wordsShown(page: Page): Promise<string> {
  return page.locator('.app-main').innerText();
}
