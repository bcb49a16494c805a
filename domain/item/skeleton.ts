import { itemCode } from '../numbers/item-code.ts';
import type { NumberFault } from '../numbers/fault.ts';
import { ok, type Result } from '../result.ts';
import { TO_FILL } from './doctor.ts';
import type { Item } from './types.ts';

/** An item to begin with: right by its shape, and everything that somebody must write stands as `待填写`, which the doctor refuses place by place. */
export function skeletonItem(typed: string, effectiveFrom: string): Result<Item, NumberFault> {
  const parsed = itemCode(typed);
  if (!parsed.ok) return parsed;
  const { code, basicCode, body } = parsed.value;
  return ok({
    basicCode, code, handlingCode: `${code}01`, version: 1, state: 'active', effectiveFrom, effectiveTo: null, adjustment: { kind: 'new', from: [], note: '' },
    name: TO_FILL, summary: TO_FILL, type: '20', handling: 'promised', audience: ['person'], topics: [], words: [TO_FILL],
    body: { name: TO_FILL, creditCode: body.number, nature: 'statutory', powerSource: '法定本级行使', level: 'county', jointOffices: [], powerSourceCode: '1', useLevel: '4' },
    legalBasis: [{ law: `《${TO_FILL}》`, article: TO_FILL, text: TO_FILL }],
    conditions: [TO_FILL],
    statutory: { days: 20, unit: 'working', note: '' }, promised: { days: 5, unit: 'working', note: '' }, specialProcedures: [],
    forms: ['terminal', 'window'], quantityLimit: { limited: false, note: '' }, area: { reach: 'county', note: '' },
    services: { appointment: false, express: false, payOnline: false, terminal: true, hall: true },
    steps: [
      { key: 'hand-in', name: '收件', who: '自助机或窗口', days: 0, note: TO_FILL },
      { key: 'accept', name: '受理', who: TO_FILL, days: 0, note: TO_FILL },
      { key: 'decide', name: '决定', who: TO_FILL, days: 5, note: TO_FILL },
      { key: 'deliver', name: '送达', who: '自助机或窗口', days: 0, note: TO_FILL },
    ],
    visits: { count: 0, reason: '' }, fee: { charged: false, basis: '', rows: [] }, online: { depth: 7, whyNot: '' },
    place: { name: TO_FILL, address: TO_FILL, hours: TO_FILL, phone: TO_FILL }, complaints: { phone: TO_FILL, place: TO_FILL },
    result: { kind: 'notice', name: TO_FILL, template: null },
    materials: [{ key: 'first', name: TO_FILL, original: 'copy', format: 'electronic', required: true, condition: '', copies: 1, source: 'applicant', issuer: TO_FILL, basis: '', acceptance: TO_FILL, notes: '', sample: TO_FILL }],
    questions: [], devices: { required: ['id-card-reader', 'camera'], optional: ['ticket-printer', 'document-printer'] },
    form: {
      schema: { $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object', additionalProperties: false, properties: { phone: { type: 'string', minLength: 7, maxLength: 20 } }, required: ['phone'] },
      sections: [{ title: '怎么联系您', fields: [{ name: 'phone', label: '您的电话', help: '手机或座机都可以，座机要带区号。', example: '13800001234', widget: 'phone', prefill: 'none', shownWhen: null, options: [] }] }],
    },
    declaration: TO_FILL,
  });
}
