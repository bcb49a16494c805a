import type { ItemText } from '../contracts/catalogue.ts';

/** A new item before anything is said of it: every element that an item must have, empty. Its findings are what is left to do. */
export function blankItem(today: string): ItemText {
  return {
    basicCode: '', code: '', handlingCode: '', version: 1, state: 'active', effectiveFrom: today, effectiveTo: null, name: '', summary: '', type: '20', handling: 'promised',
    audience: ['person'], topics: [], words: [],
    body: { name: '', creditCode: '', nature: 'statutory', powerSource: '', level: 'county', jointOffices: [] },
    legalBasis: [], conditions: [], statutory: { days: 20, unit: 'working', note: '' }, promised: { days: 5, unit: 'working', note: '' }, specialProcedures: [],
    steps: [
      { key: 'hand-in', name: '收件', who: '', days: 0, note: '' }, { key: 'accept', name: '受理', who: '', days: 0, note: '' },
      { key: 'decide', name: '审查与决定', who: '', days: 0, note: '' }, { key: 'deliver', name: '送达', who: '', days: 0, note: '' },
    ],
    visits: { count: 0, reason: '' }, fee: { charged: false, basis: '', rows: [] }, online: { depth: 1, whyNot: '' },
    place: { name: '', address: '', hours: '', phone: '' }, complaints: { phone: '', place: '' }, result: { kind: 'notice', name: '', template: null },
    materials: [], questions: [], devices: { required: ['id-card-reader'], optional: [] },
    form: {
      schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', additionalProperties: false, required: ['phone'], properties: { phone: { type: 'string', minLength: 7, maxLength: 20 } } },
      sections: [{ title: '联系方式', fields: [{ name: 'phone', label: '联系电话', help: '', example: '13800000000', widget: 'phone', prefill: 'none', shownWhen: null, options: [] }] }],
    },
    declaration: '我承诺所填内容和所交材料真实、准确。',
  };
}

/** A text for one of the items that a split makes, or for the one a merger makes: as the old one, under a code that is still to be given. */
export function renamed(base: ItemText, today: string): ItemText {
  const { adjustment: _adjustment, plannedCancellation: _planned, reasons: _reasons, ...rest } = base;
  return { ...rest, basicCode: '', code: '', handlingCode: '', version: 1, state: 'active', effectiveFrom: today, effectiveTo: null };
}
