import type { Answers, FormValues } from '../action/payload.ts';
import { fieldsOf } from './form.ts';
import type { AnswerCondition, FormField, Item, ItemMaterial, SituationQuestion } from './types.ts';

type End = NonNullable<SituationQuestion['ends']>[number];

/** What an item asks besides its form, as far as questions go. */
type Asking = Pick<Item, 'situations'>;

/** Where somebody stands on the way through the questions. It is a function of the answers: there is no other state. */
export type Situation = {
  /** The questions of this way that are answered, in order, with their option. */
  answered: readonly { question: SituationQuestion; option: SituationQuestion['options'][number] }[];
  /** The one to ask now; null at the end of the way. */
  next: SituationQuestion | null;
  /** Set when an answer says that this is the wrong errand; nothing is asked behind it. */
  end: End | null;
  /** Every question of the way is answered, and the errand is the right one. */
  complete: boolean;
};

/**
 * Goes through the questions with these answers. Answers to questions that are not on this way, and values that are none, count for nothing, so that an earlier
 * answer may be changed at any time. Every way ends: each step goes to a later question.
 */
export function situationOf({ situations = [] }: Asking, answers: Answers): Situation {
  const answered: { question: SituationQuestion; option: SituationQuestion['options'][number] }[] = [];
  const given = new Map<string, string>();
  for (const question of situations) {
    if (!question.shownWhen.every((condition) => holds(condition, given))) continue;
    const option = question.options.find(({ value }) => value === answers[question.key]);
    if (option === undefined) return { answered, next: question, end: null, complete: false };
    answered.push({ question, option });
    given.set(question.key, option.value);
    const end = question.ends?.find(({ value }) => value === option.value);
    if (end !== undefined) return { answered, next: null, end, complete: false };
  }
  return { answered, next: null, end: null, complete: situations.length > 0 };
}

function holds(condition: AnswerCondition, given: ReadonlyMap<string, string>): boolean {
  const value = given.get(condition.question);
  return value !== undefined && condition.in.includes(value);
}

/** The answers that count, as they are kept and handed in: those of the way, and no others. */
export function answersOf({ answered }: Situation): Answers {
  return Object.fromEntries(answered.map(({ question, option }) => [question.key, option.value]));
}

/**
 * What is asked of somebody with these answers.
 * - `needed`: it must be handed in.
 * - `conditional`: its words say for whom; who answered no or not all questions judges by them.
 * - `not-asked`: the answers say that it is not for them.
 */
export type Need = 'needed' | 'conditional' | 'not-asked';

/** @param answers null: nobody was asked, such as at the window, or by a version without questions */
export function needOf(material: Pick<ItemMaterial, 'required' | 'neededWhen' | 'notBrought'>, item: Asking, answers: Answers | null): Need {
  return material.notBrought === true ? 'not-asked' : concerns(material, item, answers);
}

/** Whether it has to do with whoever answered so, whether they bring it or not. */
function concerns({ required, neededWhen }: Pick<ItemMaterial, 'required' | 'neededWhen'>, item: Asking, answers: Answers | null): Need {
  if (neededWhen === undefined) return required ? 'needed' : 'conditional';
  if (answers === null) return 'conditional';
  const { answered, complete } = situationOf(item, answers);
  const given = new Map(answered.map(({ question, option }) => [question.key, option.value]));
  if (neededWhen.every((condition) => holds(condition, given))) return 'needed';
  const failed = neededWhen.some((condition) => given.has(condition.question) && !holds(condition, given));
  return failed || complete ? 'not-asked' : 'conditional';
}

/** The materials to bring: what is needed and what may be, in the item's order. With all questions answered it is the exact list. */
export function materialsAsked<Asked extends Pick<Item, 'situations' | 'materials'>>(item: Asked, answers: Answers | null): { material: ItemMaterial; need: Exclude<Need, 'not-asked'> }[] {
  return item.materials.flatMap((material) => {
    const need = needOf(material, item, answers);
    return need === 'not-asked' ? [] : [{ material, need }];
  });
}

/**
 * What nobody brings, for whoever answered so: what a body of government holds and the hall looks up, and what was handed in before, with this item or an earlier one.
 */
export function materialsNotBrought<Asked extends Pick<Item, 'situations' | 'materials'>>(item: Asked, answers: Answers | null): { held: ItemMaterial[]; before: ItemMaterial[] } {
  const theirs = item.materials.filter((material) => material.notBrought === true && concerns(material, item, answers) !== 'not-asked');
  return { held: theirs.filter(({ holder }) => holder !== undefined), before: theirs.filter(({ holder }) => holder === undefined) };
}

/** More ways than this through an item's questions are not counted one by one. */
const MOST_WAYS = 2000;

/** How many materials somebody brings at least and at most, over all ways through the questions that lead to the errand. */
export function materialCounts(item: Pick<Item, 'situations' | 'materials'>): { least: number; most: number } {
  const needed = (answers: Answers | null) => materialsAsked(item, answers).filter(({ need }) => need === 'needed').length;
  if (item.situations === undefined) return { least: needed(null), most: item.materials.length };
  let [least, most, ways] = [Infinity, 0, 0];
  const open: Answers[] = [{}];
  for (let answers = open.pop(); answers !== undefined; answers = open.pop()) {
    const { next, complete } = situationOf(item, answers);
    if (next !== null) for (const { value } of next.options) open.push({ ...answers, [next.key]: value });
    if (!complete) continue;
    ways += 1;
    if (ways > MOST_WAYS) return { least: needed(null), most: item.materials.length };
    least = Math.min(least, needed(answers));
    most = Math.max(most, materialsAsked(item, answers).length);
  }
  return ways === 0 ? { least: needed(null), most: item.materials.length } : { least, most };
}

/** Keys of the materials that are needed for certain: of everybody, or in the declared situation. What a condition in words asks for is a person's to judge. */
export function certainMaterials(item: Pick<Item, 'situations' | 'materials'>, answers: Answers | null): string[] {
  return materialsAsked(item, answers).filter(({ material, need }) => need === 'needed' && (material.condition === '' || material.neededWhen !== undefined)).map(({ material }) => material.key);
}

/** Form values that the answers give already. */
export function valuesFrom(item: Pick<Item, 'situations' | 'form'>, answers: Answers): FormValues {
  const fields = fieldsOf(item.form);
  return Object.fromEntries(situationOf(item, answers).answered.flatMap(({ question, option }) => {
    const field = fields.find(({ name }) => name === question.fills);
    return field === undefined ? [] : [[field.name, fieldValue(field, option.value)]];
  }));
}

/**
 * The answers after a form field was filled: where a question asks the same, its answer follows, so that the two never differ. A value that is no answer, such as
 * an emptied field, leaves the answers as they are.
 */
export function answersAfter(item: Pick<Item, 'situations' | 'form'>, answers: Answers, name: string, value: FormValues[string]): Answers {
  const question = item.situations?.find(({ fills }) => fills === name);
  const field = fieldsOf(item.form).find((one) => one.name === name);
  const option = field === undefined ? undefined : question?.options.find((one) => fieldValue(field, one.value) === value);
  return question === undefined || option === undefined || !Object.hasOwn(answers, question.key) ? answers : { ...answers, [question.key]: option.value };
}

/** What an answer is in the form: `yes` and `no` of a yes-no field, else the option's own value. */
export function fieldValue({ widget }: Pick<FormField, 'widget'>, value: string): string | boolean {
  return widget === 'yes-no' && (value === 'yes' || value === 'no') ? value === 'yes' : value;
}

/**
 * Whether some way through the questions makes all of these hold. Exact: a condition holds only if its question was asked, which its own conditions decide, and
 * no earlier answer has ended the way; questions that nothing names are free.
 */
export function isReachable({ situations = [] }: Asking, conditions: readonly AnswerCondition[]): boolean {
  const allowed = new Map<string, ReadonlySet<string>>();
  const open = [...conditions];
  for (let condition = open.pop(); condition !== undefined; condition = open.pop()) {
    const question = situations.find(({ key }) => key === condition.question);
    if (question === undefined) return false;
    const before = allowed.get(question.key) ?? new Set(goingOn(question));
    if (!allowed.has(question.key)) open.push(...question.shownWhen);
    const wanted = new Set(condition.in);
    const left = new Set([...before].filter((value) => wanted.has(value)));
    if (left.size === 0) return false;
    allowed.set(question.key, left);
  }
  return true;
}

/** The answers after which something may follow. */
export function goingOn({ options, ends = [] }: SituationQuestion): string[] {
  return options.map(({ value }) => value).filter((value) => !ends.some((end) => end.value === value));
}
