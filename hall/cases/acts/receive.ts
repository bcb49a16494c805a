import type { Ask, FormValues, PayloadOf } from '../../../domain/action/payload.ts';
import { awaitedPreReviews, mergedAsks, processOf } from '../../../domain/approval/process.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { identityBlocks } from '../../../domain/case/identity.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import { reckonLimits } from '../../../domain/clock/limits.ts';
import { checkForm, withFollowing } from '../../../domain/item/form.ts';
import { fieldAt } from '../../../domain/item/rows.ts';
import type { Scanned } from '../../../domain/contracts/window.ts';
import { itemForWay, wayOfHandIn } from '../../../domain/item/applicants.ts';
import { certainMaterials } from '../../../domain/item/situation.ts';
import type { Item } from '../../../domain/item/types.ts';
import { err, ok } from '../../../domain/result.ts';
import type { Write } from '../../db/schema.ts';
import type { Ground } from '../../ground.ts';
import type { Staff } from '../../identity/accounts.ts';
import { officialNumber } from '../../leases/leases.ts';
import { blobsOf } from '../files.ts';
import { correctionWithin } from '../view.ts';
import { endDraft, readDraft, scannedMaterials } from '../window-scans.ts';
import { type Deed, type Loaded, refusalOf, sayOnly } from './deed.ts';

/** 受理. `lacking`: materials that follow by a day, against a written promise (容缺受理). */
export function accept(ground: Ground, lacking: readonly { key: string; by: string }[]): Deed {
  return {
    name: 'accept', keepsClaim: false,
    async make(loaded, write) {
      const { state, item, today } = loaded;
      const payload = acceptance(loaded, { acceptedOn: today, lacking });
      const refused = refusalOf(state, payload);
      if (refused !== null) return err(refused);
      if (!lacking.every(({ key, by }) => by >= today && item.materials.some((material) => material.key === key))) return err({ kind: 'bad-act' });
      if (identityBlocks(state, item)) return err({ kind: 'identity-open' });
      if (await materialsMissing(ground, write, state, item, lacking.map(({ key }) => key))) return err({ kind: 'materials-missing' });
      // Everything that is missing is told once, and a department that was not heard might still ask for more.
      const awaited = awaitedPreReviews(processOf(item), state.preReviews).filter(({ silence }) => silence === 'none');
      if (awaited.length > 0 || (state.stage === 'handed-in' && mergedAsks(state.preReviews).length > 0)) return err({ kind: 'steps-open' });
      // A number is taken only when nothing stands against it.
      return ok([{ ...payload, number: await acceptedNumber(ground, write, state) }]);
    },
  };
}

/** A leased number is official already; a provisional one gets its official number here, one for one. */
async function acceptedNumber(ground: Ground, write: Write, state: CaseState): Promise<string> {
  const { value, provisional } = state.handedIn.number;
  return provisional ? officialNumber(ground, write) : value;
}

/** Limits are the item's as the case was made under it, reckoned on the calendar as it stands; both are kept in the action and never looked up again. */
function acceptance({ state, item, calendar }: Loaded, { acceptedOn, lacking }: { acceptedOn: string; lacking: readonly { key: string; by: string }[] }): PayloadOf<'accepted'> {
  const limits = reckonLimits({ acceptedOn, promised: item.promised, statutory: item.statutory, pauses: [], extension: 0 }, calendar);
  if (limits === null) throw new Error('a limit without a pause has an end');
  return { kind: 'accepted', number: state.number, acceptedOn, ...limits, ...(lacking.length === 0 ? {} : { lacking: [...lacking] }) };
}

/** 逾期不告知视为受理: nobody answered in time, so the case counts as accepted from the day it was received. */
export function deemAccepted(ground: Ground): Pick<Deed, 'name' | 'make'> {
  return {
    name: 'deem-accepted',
    async make(loaded, write) {
      const { row, state, today } = loaded;
      if (state.stage !== 'handed-in' || row.duty_by >= today) return ok([]);
      const acceptedOn = civilDate(Date.parse(row.handed_in_at));
      const payload = acceptance(loaded, { acceptedOn, lacking: [] });
      return ok([{ ...payload, deemed: true, number: await acceptedNumber(ground, write, state) }]);
    },
  };
}

/** 不予受理 */
export function refuse(reason: string): Deed {
  return { name: 'refuse', keepsClaim: false, make: ({ state }) => sayOnly(state, { kind: 'refused', reason }) };
}

/** 一次性告知补正: what the window lacks and what the departments lack, in one paper. */
export function askCorrection(own: readonly Ask[]): Deed {
  return {
    name: 'ask-correction', keepsClaim: false,
    make({ state, item, calendar, today }) {
      if (!own.every((ask) => isOfItem(item, ask))) return err({ kind: 'bad-act' });
      if (state.stage === 'handed-in' && awaitedPreReviews(processOf(item), state.preReviews).some(({ silence }) => silence === 'none')) return err({ kind: 'steps-open' });
      const said = [...state.preReviews, { step: '', verdict: 'lacks' as const, asks: [...own], words: '', on: today, by: '' }];
      const asks = mergedAsks(said);
      if (asks.length === 0) return err({ kind: 'bad-act' });
      return sayOnly(state, { kind: 'correction-asked', asks, within: correctionWithin(today, calendar) });
    },
  };
}

/** 补正 at the window: what changed of what was asked for. The scans of this account's draft become the case's. */
export function supplement(ground: Ground, staff: Staff, { form, materials }: { form: FormValues; materials: readonly Scanned[] }): Deed {
  return {
    name: 'supplement', keepsClaim: true,
    async make({ state, item }, write) {
      const payload: PayloadOf<'supplemented'> = { kind: 'supplemented', form, materials: [] };
      const refused = refusalOf(state, payload);
      if (refused !== null) return err(refused);
      const asked = (target: Ask['target'], key: string) => state.correction?.asks.some((ask) => ask.target === target && ask.key === key) === true;
      const brought = [...Object.keys(form).map((key) => asked('form', key)), ...materials.map(({ key }) => asked('material', key))];
      if (brought.length === 0 || brought.includes(false) || !checkForm(item.form, { ...state.form, ...form }).ok) return err({ kind: 'bad-act' });
      const draft = await readDraft(write, ground.division, state.id, staff.account);
      const scanned = scannedMaterials(materials, draft?.scans ?? new Map());
      if (scanned === null) return err({ kind: 'unknown-scan' });
      if (draft !== null) await endDraft(write, ground.division, state.id);
      return ok([{ ...payload, form: withFollowing(item.form, state.form, form), materials: scanned }]);
    },
  };
}

/** 核验原件: the trust of each material as the window saw it. */
export function seeOriginals(materials: PayloadOf<'originals-seen'>['materials']): Deed {
  return {
    name: 'see-originals', keepsClaim: true,
    make: ({ state }) => (materials.every(({ key }) => state.materials.some((material) => material.key === key)) ? sayOnly(state, { kind: 'originals-seen', materials }) : err({ kind: 'bad-act' })),
  };
}

/** 核验身份: what comparing a party with the original said. Somebody who is not who they were said to be is told why. */
export function checkIdentity({ party, outcome, words }: Pick<PayloadOf<'identity-checked'>, 'party' | 'outcome' | 'words'>): Deed {
  return {
    name: 'check-identity', keepsClaim: true,
    make({ state, today }) {
      if (outcome === 'not-same' && words === '') return err({ kind: 'bad-act' });
      return sayOnly(state, { kind: 'identity-checked', party, outcome, words, on: today });
    },
  };
}

/** 更正: a slip of the pen that staff put right; what the citizen signed stays in the hand-in. */
export function correctForm(form: PayloadOf<'staff-corrected'>['form'], reason: string): Deed {
  return {
    name: 'correct-form', keepsClaim: true,
    make: ({ state, item }) => (Object.keys(form).length > 0 && Object.keys(form).every((key) => isOfItem(item, { target: 'form', key })) ? sayOnly(state, { kind: 'staff-corrected', form: withFollowing(item.form, state.form, form), reason }) : err({ kind: 'bad-act' })),
  };
}

/** 撤回 at the window, by the applicant's own wish. */
export function withdraw(reason: string): Deed {
  return { name: 'withdraw', keepsClaim: false, make: ({ state }) => sayOnly(state, { kind: 'withdrawn', reason }) };
}

/** Whether a material that is needed for certain, a page of it, or the citizen's signature is not here. What is required on a condition in words is the clerk's to judge. */
async function materialsMissing(ground: Ground, write: Write, state: CaseState, item: Item, lacking: readonly string[]): Promise<boolean> {
  const required = certainMaterials(itemForWay(item, wayOfHandIn(state.handedIn)), state.handedIn.situation ?? null).filter((key) => !lacking.includes(key));
  const blobs = blobsOf(state);
  if (required.some((key) => !blobs.some(({ material }) => material === key))) return true;
  const needed = [...new Set(blobs.filter(({ material }) => material === 'signature' || required.includes(material)).map(({ blob }) => blob.hash))];
  const here = await write.selectFrom('blob').select('hash').where('division', '=', ground.division).where('hash', 'in', needed).execute();
  return here.length < needed.length;
}

function isOfItem(item: Item, ask: { target: 'form' | 'material'; key: string }): boolean {
  return ask.target === 'form' ? fieldAt(item.form, ask.key) !== null : item.materials.some(({ key }) => key === ask.key);
}
