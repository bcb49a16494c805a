import { type Element, ITEM_ELEMENTS, ITEM_LISTS, type ItemList } from '../../../domain/item/elements.ts';
import type { TextKey } from '../texts.ts';

/** A part of the editor, in the order of a guide. `rows`: lists of which each entry is one row. */
export type Section = { name: string; title: TextKey; elements: readonly Element[]; lists: readonly ItemList[]; form: boolean };

/** What the hall sets when it publishes, and what is edited beside the findings. */
const HIDDEN: readonly string[] = ['version', 'state', 'effectiveFrom', 'adjustment', 'reasons'];

const LAYOUT: readonly { name: string; title: TextKey; places: readonly string[]; form?: true }[] = [
  { name: 'basics', title: 'catalogue.section.basics', places: ['name', 'summary', 'type', 'handling', 'audience', 'code', 'basicCode', 'handlingCode', 'localCodes', 'words', 'topics', 'corporateTopics', 'effectiveTo', 'plannedCancellation'] },
  { name: 'body', title: 'catalogue.section.body', places: ['body', 'place', 'complaints'] },
  { name: 'basis', title: 'catalogue.section.basis', places: ['legalBasis', 'conditions', 'applicants', 'quantityLimit', 'area'] },
  { name: 'limits', title: 'catalogue.section.limits', places: ['statutory', 'promised', 'specialProcedures', 'steps'] },
  { name: 'materials', title: 'catalogue.section.materials', places: ['situations', 'materials'] },
  { name: 'form', title: 'catalogue.section.form', places: ['form'], form: true },
  { name: 'ways', title: 'catalogue.section.ways', places: ['forms', 'services', 'visits', 'online', 'agencies'] },
  { name: 'fee', title: 'catalogue.section.fee', places: ['fee'] },
  { name: 'result', title: 'catalogue.section.result', places: ['result', 'devices', 'scans', 'declaration'] },
  { name: 'questions', title: 'catalogue.section.questions', places: ['questions'] },
];

function within(path: readonly string[], places: readonly string[]): boolean {
  return places.some((place) => place.split('.').every((name, index) => path[index] === name));
}

const known = [...HIDDEN, ...LAYOUT.flatMap(({ places }) => places)];
const sections = LAYOUT.map(({ name, title, places, form = false }): Section => ({
  name, title, form,
  elements: places.flatMap((place) => ITEM_ELEMENTS.filter(({ path }) => within(path, [place]))),
  lists: ITEM_LISTS.filter(({ path }) => within(path, places)),
}));
/** An element that came into the schema later stands here until somebody gives it its place. */
const others: Section = {
  name: 'others', title: 'catalogue.section.others', form: false,
  elements: ITEM_ELEMENTS.filter(({ path }) => !within(path, known)), lists: ITEM_LISTS.filter(({ path }) => !within(path, known)),
};

export const SECTIONS: readonly Section[] = others.elements.length + others.lists.length === 0 ? sections : [...sections, others];

/** Columns of a list's rows; the rest of an entry is folded below its row. Fractions of the width. */
export const COLUMNS: Readonly<Record<string, readonly { path: string; width: number }[]>> = {
  materials: [{ path: 'name', width: 3 }, { path: 'original', width: 1.6 }, { path: 'format', width: 1.4 }, { path: 'required', width: 0.9 }, { path: 'copies', width: 0.8 }, { path: 'source', width: 1.7 }, { path: 'issuer', width: 2 }],
  steps: [{ path: 'name', width: 1.6 }, { path: 'who', width: 2 }, { path: 'days', width: 0.8 }, { path: 'note', width: 4 }],
  legalBasis: [{ path: 'law', width: 3.6 }, { path: 'article', width: 1.4 }, { path: 'number', width: 2 }, { path: 'text', width: 4 }],
  'fee.rows': [{ path: 'name', width: 2 }, { path: 'standard', width: 3 }],
  agencies: [{ path: 'service', width: 2 }, { path: 'by', width: 2 }, { path: 'basis', width: 2 }, { path: 'fee', width: 1.4 }],
  situations: [{ path: 'question', width: 3 }, { path: 'options', width: 4 }, { path: 'fills', width: 1.4 }],
  questions: [{ path: 'question', width: 2 }, { path: 'answer', width: 4 }],
};

/** What the keys of new entries begin with. */
export const STEMS: Readonly<Record<string, string>> = { materials: 'material-', steps: 'step-', situations: 'question-' };

/** Lists of words that stand in one line, a 顿号 between. */
export const SHORT_LISTS: ReadonlySet<string> = new Set(['topics', 'corporateTopics', 'words', 'jointOffices']);

/** Texts that are longer than a line. */
export const LONG: ReadonlySet<string> = new Set(['text', 'note', 'answer', 'acceptance', 'notes', 'sample', 'basis', 'condition', 'reason', 'whyNot', 'declaration', 'hours', 'ways', 'summary', 'law', 'article']);
