/** Answers to an item's form and the materials for it, as a made-up person gives them. */
import type { BlobReference, FormValues, Material } from '../action/payload.ts';
import { addNaturalDays } from '../calendar/civil-date.ts';
import { fieldSchema, fieldsOf, legalName, visibleFields, withFollowing } from '../item/form.ts';
import { placeOf, rowKey } from '../item/rows.ts';
import type { FormField, Item } from '../item/types.ts';
import { makeCreditCode } from '../numbers/credit-code.ts';
import { never } from '../result.ts';
import { addressOf, otherName, type Person } from './people.ts';
import type { Random } from './random.ts';

/** A sealed page of a case. `label` tells pages of one case apart. */
export type Paper = (label: string, mediaType: BlobReference['mediaType']) => BlobReference;

const TRADES = ['示例小吃店', '样板理发店', '练习五金店', '演示民宿', '仿真花店', '试用茶叶店'];
const WORDS: Readonly<Record<string, string>> = { scope: '餐饮服务；食品销售；日用百货零售', returnPlace: '退回原河道', householdPlace: '浙江省绍兴市嵊州市', words: '无' };

/** Values as `checkForm` hands them in: only fields that are shown, each by its own rule and by those of the form. @param date a civil date in the near future */
export function fillForm(item: Item, person: Person, random: Random, date: string): FormValues {
  const { form } = item;
  const values: FormValues = {};
  for (const { repeat, fields } of form.sections) {
    const [first] = fields;
    if (repeat === undefined || first === undefined) continue;
    const rows = random.between(Math.max(repeat.least, 1), Math.min(repeat.most, repeat.least + 1));
    for (let row = 1; row <= rows; row += 1) values[rowKey(first.name, row)] = '';
  }
  // Fields appear as others are filled.
  for (let open = unanswered(item, values); open.length > 0; open = unanswered(item, values)) for (const field of open) values[field.name] = answer(item, field, person, random, date);
  settle(item, values, random, date);
  const hidden = new Set(Object.keys(values));
  for (const { name } of visibleFields(form, values)) hidden.delete(name);
  for (const name of hidden) delete values[name];
  return withFollowing(form, values, values);
}

function unanswered({ form }: Item, values: FormValues): FormField[] {
  return visibleFields(form, values).filter(({ name, computed }) => computed === undefined && (values[name] ?? '') === '');
}

/** What several fields must be together: shares of a whole, nobody named twice, an end after its start, an amount that the pumps can give. */
function settle({ form }: Item, values: FormValues, random: Random, date: string): void {
  const shares = Object.keys(values).filter((key) => placeOf(key).name === 'memberShare');
  shares.forEach((key, at) => (values[key] = at === 0 ? 100 - (shares.length - 1) * 20 : 20));
  for (const key of Object.keys(values)) if (placeOf(key).name === 'memberName') values[key] = `${otherName(random)}${'一二三四五六七八'.charAt(placeOf(key).row - 1)}`;
  if ('startsOn' in values) values['startsOn'] = addNaturalDays(date, -random.between(30, 300));
  const pumped = withFollowing(form, values, {})['pumpTotal'];
  if (typeof pumped === 'number') values['amount'] = random.between(Math.ceil(pumped / 2), pumped);
}

/** Another answer to one of the text fields, for a slip of the pen. @returns null where the form has none */
export function correctedAnswer(item: Item, person: Person, random: Random, values: FormValues): { name: string; value: string } | null {
  const field = fieldsOf(item.form).find(({ name, widget }) => widget === 'phone' && typeof values[name] === 'string') ?? fieldsOf(item.form).find(({ widget, name }) => widget === 'long-text' && typeof values[name] === 'string');
  return field === undefined ? null : { name: field.name, value: field.widget === 'phone' ? `139${String(random.between(0, 9999)).padStart(8, '0')}` : addressOf(random) };
}

function answer(item: Item, field: FormField, person: Person, random: Random, date: string): string | number | boolean {
  switch (field.widget) {
    case 'choice':
    case 'town':
      return random.pick(field.options).value;
    case 'yes-no':
      return random.chance(0.85);
    case 'date':
      return date;
    case 'phone':
      return field.name.startsWith('emergency') ? `139${String(random.between(0, 9999)).padStart(8, '0')}` : person.phone;
    case 'citizen-id':
      return person.holder.number;
    case 'credit-code':
      return makeCreditCode({ kind: '91', division: '330624', organisation: `MA${String(random.between(100_000, 999_999))}` });
    case 'money':
    case 'number': {
      const { maximum } = fieldSchema(item.form, field.name);
      return random.between(1, Math.min(typeof maximum === 'number' ? maximum : 100, 300));
    }
    case 'text':
    case 'long-text':
    case 'address':
      return textFor(field, person, random);
    default:
      return never(field.widget);
  }
}

function textFor(field: FormField, person: Person, random: Random): string {
  const known = WORDS[placeOf(field.name).name];
  if (known !== undefined) return known;
  if (field.prefill === 'card-name') return legalName(person.holder);
  if (field.prefill === 'card-address') return 'address' in person.holder ? person.holder.address : addressOf(random);
  if (/[Nn]ame$/.test(placeOf(field.name).name) || field.name === 'landlord') return field.name === 'tradeName' ? `新昌县${random.pick(TRADES)}${random.between(1, 999)}号` : otherName(random);
  return addressOf(random);
}

/** The materials that are handed in: all required ones, and some of those that are needed now and then. */
export function materialsFor(item: Item, random: Random, paper: Paper, leaveOut: string | null): Material[] {
  return item.materials.filter(({ key, required }) => key !== leaveOut && (required || random.chance(0.25))).map(({ key }) => ({ key, pages: pagesOf(key, random, paper), trust: 'C' }));
}

/** One material anew, as a supplement brings it. */
export function materialAgain(key: string, random: Random, paper: Paper): Material {
  return { key, pages: pagesOf(`${key}/again`, random, paper), trust: 'C' };
}

function pagesOf(label: string, random: Random, paper: Paper): Material['pages'] {
  return Array.from({ length: random.weighted([[7, 1], [2, 2], [1, 3]]) }, (_, page) => paper(`${label}/${page + 1}`, 'image/jpeg'));
}
