import { randomBytes } from 'node:crypto';
import type { Notice } from '../../../domain/messages/notices.ts';
import { afterQuiet } from '../../../domain/messages/sms.ts';
import { fillTemplate, partsOf, type TemplateName, TEMPLATES } from '../../../domain/messages/sms-text.ts';
import { ulid } from '../../../domain/ids.ts';
import { phone as readPhone } from '../../../domain/numbers/phone.ts';
import type { Read, Write } from '../../db/schema.ts';
import { type Ground, instant, nowOf } from '../../ground.ts';
import { openText, sealText } from '../../identity/sealed-text.ts';
import { readSettings } from '../../settings/settings.ts';
import type { SmsRow } from '../rows.ts';

/** What a text is about. `cause` names the happening: of one, there is one text, however often it is queued. */
export type SmsOrder = { cause: string; notice: Notice; phone: string; number: string };

/** Queues texts in the transaction of what they tell, all in one statement. One without a mobile number is left out, and where the county sends none, nothing is queued. */
export async function queueSms(ground: Ground, write: Write, orders: readonly SmsOrder[]): Promise<void> {
  const { division, clock } = ground;
  const mobiles = orders.flatMap((order) => {
    const mobile = readPhone(order.phone);
    return mobile.ok && mobile.value.line === 'mobile' ? [{ ...order, phone: mobile.value.number }] : [];
  });
  if (mobiles.length === 0 || (await readSettings(write, division))['sms.on'] === 0) return;
  const templates = await templatesOf(write, division);
  const rows = mobiles.map(({ cause, notice, phone, number }) => {
    const words = fillTemplate(templates[notice.template], { number, stage: notice.stage, hall: ground.name });
    const id = ulid(clock.now(), randomBytes(10));
    return {
      division, id, cause_key: cause, template: notice.template, phone: sealText(ground, 'sms', contextOf(id), phone), words, parts: partsOf(words),
      state: 'queued' as const, attempts: 0, asks: 0, next_at: instant(afterQuiet(clock.now())), leased_until: null, sending: false, cause: '', made_at: nowOf(ground), settled_at: null,
    };
  });
  await write.insertInto('sms').values(rows).onConflict((conflict) => conflict.columns(['division', 'cause_key']).doNothing()).execute();
}

/** The county's own words, and ours where it has none. */
export async function templatesOf(read: Read, division: string): Promise<Record<TemplateName, string>> {
  const rows = await read.selectFrom('sms_template').select(['name', 'words']).where('division', '=', division).execute();
  return { ...TEMPLATES, ...Object.fromEntries(rows.map(({ name, words }) => [name, words])) };
}

/** The number a text goes to; empty once it was forgotten. */
export function phoneOf(ground: Ground, row: Pick<SmsRow, 'id' | 'phone'>): string {
  return row.phone === '' ? '' : openText(ground, 'sms', contextOf(row.id), row.phone);
}

function contextOf(id: string): string {
  return `sms/${id}`;
}
