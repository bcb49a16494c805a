import type { FormValues } from '../../../domain/action/payload.ts';
import type { TrustLevel } from '../../../domain/action/payload.ts';
import type { HandInAtWindow } from '../../../domain/contracts/window.ts';
import { CaseId, ulid } from '../../../domain/ids.ts';
import { checkForm } from '../../../domain/item/form.ts';
import type { Item } from '../../../domain/item/types.ts';
import { identityNumber } from '../../../domain/numbers/identity-number.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { hashesOf, isUnderWay, type Scans } from './scans.ts';
import type { DraftSlip } from './slip.ts';

/** Stands among the materials for what the applicant signed. No item can name a material so. */
export const SIGNED = '.signed';

/** What is being taken at this window. It lives in this window's memory only, and goes with it. */
export type Draft = {
  id: CaseId; itemCode: string;
  number: string; name: string; address: string; phone: string; birth: string;
  form: FormValues; scans: Scans; trust: Readonly<Record<string, typeof TrustLevel._output>>;
  /** 补录: the paper form; null for who stands here. */
  late: { paper: string; happenedAt: string; outage: string } | null;
  /** Which case the answers were taken from, for the clerk to say so. */
  known: string;
  /** The slip of a terminal that filled it in; null: none did. */
  slip: DraftSlip | null;
};

export function newDraft(now: number, random: Uint8Array): Draft {
  return { id: CaseId.parse(ulid(now, random)), itemCode: '', number: '', name: '', address: '', phone: '', birth: '', form: {}, scans: {}, trust: {}, late: null, known: '', slip: null };
}

/** What is still to be put right, by the name of its field: keywords of the form engine, or of `wrong.…`. */
export type Wrongs = Readonly<Record<string, string>>;

/** The hand-in that a draft is, when nothing lacks. Required materials may lack: the window may take what is there and say what is not. */
export function handInOf(draft: Draft, item: Item): Result<HandInAtWindow, { kind: 'incomplete'; wrongs: Wrongs }> {
  const number = identityNumber(draft.number);
  const form = checkForm(item.form, draft.form);
  const pages = (key: string) => hashesOf(draft.scans, key);
  const waiting = isUnderWay(draft.scans);
  const [signed] = pages(SIGNED);
  const needsBirth = number.ok && !('birth' in number.value);
  const wrongs: Record<string, string> = {
    ...(form.ok ? {} : form.error.errors),
    ...(number.ok ? {} : { '.number': 'citizen-id' }),
    ...(draft.name.trim() === '' ? { '.name': 'required' } : {}),
    ...(needsBirth && draft.birth === '' ? { '.birth': 'required' } : {}),
    ...(waiting ? { '.scans': 'uploading' } : {}),
    ...(signed === undefined && !waiting ? { [SIGNED]: 'signed' } : {}),
    ...(draft.late !== null && (draft.late.paper.trim() === '' || draft.late.outage.trim() === '' || draft.late.happenedAt === '') ? { '.late': 'late' } : {}),
  };
  if (Object.keys(wrongs).length > 0 || !form.ok || !number.ok || signed === undefined) return err({ kind: 'incomplete', wrongs });
  return ok({
    id: draft.id, itemCode: item.code,
    applicant: { name: draft.name.trim(), number: number.value.number, address: draft.address.trim(), birth: needsBirth ? draft.birth : null },
    phone: draft.phone.trim(), form: form.value, signed,
    materials: item.materials.flatMap(({ key }) => (pages(key).length === 0 ? [] : [{ key, trust: draft.trust[key] ?? 'B', pages: pages(key) }])),
    late: draft.late === null ? null : { paper: draft.late.paper.trim(), outage: draft.late.outage.trim(), happenedAt: new Date(`${draft.late.happenedAt}:00+08:00`).toISOString() },
  });
}
