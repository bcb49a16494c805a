import { sha256 } from '../../../crypto/node.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { ChainHead } from '../../../domain/action/chain.ts';
import type { Answers, Material } from '../../../domain/action/payload.ts';
import { CONFIRMATION_SINCE, PARTIES_SINCE, SITUATIONS_SINCE } from '../../../domain/contracts/hall.ts';
import type { KioskSignature } from '../../../domain/contracts/kiosk.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { checkForm } from '../../../domain/item/form.ts';
import { placeOf } from '../../../domain/item/rows.ts';
import { materialsAsked } from '../../../domain/item/situation.ts';
import type { Item } from '../../../domain/item/types.ts';
import { provisionalNumber, provisionalSerial } from '../../../domain/lease/lease.ts';
import { actionsOf, caseState } from '../cases.ts';
import { declarationText, declaredSituation, fillable, missingMaterials } from './filling.ts';
import { partiesOf, partiesPayload } from './parties.ts';
import type { Page, SessionState } from './state.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** A drawn signature is small; more is not one. */
const MOST_SIGNATURE_BYTES = 512 * 1024;

/**
 * 收件: makes the hand-in durable, then says so. The case id was chosen when filling began, so however often this is asked (a window
 * that died and asks again, a core that died after the write), there is one hand-in. Answers only when the action is on disk.
 */
export async function handIn(visit: Visit, wish: { signature: KioskSignature; phone: string }): Wish {
  const before = visit.state();
  if (before !== null && (await standsInLog(visit, before))) {
    await visit.show({ handedIn: before.case, step: 'handed-in' });
    return done;
  }
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state, item } = filling.value;
  if (state.case === null || state.item === null) return refuse({ kind: 'wrong-step' });
  const checked = checkForm(item.form, state.form ?? {});
  if (!checked.ok || (await missingMaterials(visit, state, item)).length > 0) return refuse({ kind: 'incomplete' });
  const { signature } = wish;
  if (signature.kind === 'drawn' && (signature.image.length > MOST_SIGNATURE_BYTES || !isPng(signature.image))) return refuse({ kind: 'bad-picture', why: 'not-a-picture' });
  if (signature.kind === 'confirmed' && !(await mayConfirm(visit, state))) return refuse({ kind: 'wrong-step' });

  if (state.supplementing !== null) return supplementIn(visit, state, checked.value, state.supplementing);

  const today = civilDate(visit.clock.now());
  const parties = partiesOf(item, state, today);
  if ('missing' in parties) {
    await visit.change({ step: parties.missing, who: { ...state.who, midway: true } });
    return refuse({ kind: 'incomplete' });
  }
  const protocol = await visit.hallProtocol();
  // Such a hall has no item that lets anybody apply for another: it was exchanged for an older one since.
  if (protocol < PARTIES_SINCE && (parties.acting !== null || parties.together.length > 0)) return refuse({ kind: 'wrong-step' });
  const shownText = sha256(declarationText(item, state, today));
  const hall = await visit.hallKeys();
  if (hall === null) return refuse({ kind: 'not-enrolled' });
  const caseKey = await visit.store.caseKeys.wrapFor(state.case, hall);
  const drawing = signature.kind === 'drawn' ? await visit.store.blobs.put(state.case, signature.image, 'image/png') : null;
  if (drawing?.ok === false && drawing.error.kind === 'store-full') return refuse({ kind: 'store-full' });
  if (!caseKey.ok || drawing?.ok === false) throw new Error('a case that is being filled has lost its key');
  const situation = protocol >= SITUATIONS_SINCE ? declaredSituation(item, state) : null;
  const rest = {
    ...partiesPayload(protocol < PARTIES_SINCE ? { ...parties, toCheck: [] } : parties),
    phone: wish.phone,
    form: checked.value,
    ...(situation === null ? {} : { situation }),
    materials: materialsOf(state.pages, item, state.answers),
    signature: { shownText, ...(drawing === null ? { confirmed: 'keypad' as const } : { image: drawing.value }), signedAt: new Date(visit.clock.now()).toISOString() },
    caseKey: caseKey.value,
  };
  const { case: id, item: reference } = state;
  // The number is taken when it is the action's turn: no two hand-ins can take the same one.
  const action = await visit.store.log.append(async (head) => ({ case: id, item: reference, actor: { kind: 'citizen' }, payload: { kind: 'handed-in', number: await takeNumber(visit, head), ...rest } }));
  visit.log({ event: 'handed-in', session: state.id, case: state.case, action: action.id, provisional: action.payload.kind === 'handed-in' && action.payload.number.provisional });
  await visit.show({ handedIn: state.case, shown: shownText, step: 'handed-in' });
  visit.nudge();
  return done;
}

/** Whether a key may stand for the signature. A supplement is not signed, so it asks no hall. */
export async function mayConfirm(visit: Pick<Visit, 'hallProtocol'>, { supplementing }: Pick<SessionState, 'supplementing'>): Promise<boolean> {
  return supplementing !== null || (await visit.hallProtocol()) >= CONFIRMATION_SINCE;
}

/** 补正: form and materials hold only what changed. */
async function supplementIn(visit: Visit, state: SessionState, form: Record<string, string | number | boolean | null>, id: CaseId): Wish {
  const folded = state.holder === null ? null : await caseState(visit.store, id, state.holder.number);
  // The hall may have closed the case while it was filled in.
  if (folded === null || state.item === null || folded.stage !== 'correction-asked') return refuse({ kind: 'unknown-case' });
  const item = await visit.item(folded.item);
  if (item === null) return refuse({ kind: 'unknown-item' });
  // A row that was taken out is said as gone; what a changed answer merely hides stays.
  const gone = Object.keys(folded.form).filter((key) => placeOf(key).row > 0 && !Object.hasOwn(form, key) && folded.form[key] !== null);
  const changed = { ...Object.fromEntries(Object.entries(form).filter(([name, value]) => folded.form[name] !== value)), ...Object.fromEntries(gone.map((key) => [key, null])) };
  const action = await visit.store.log.append({ case: id, item: folded.item, actor: { kind: 'citizen' }, payload: { kind: 'supplemented', form: changed, materials: materialsOf(state.pages, item, null) } });
  visit.log({ event: 'action-made', session: state.id, case: id, action: action.id, kind: 'supplemented' });
  await visit.show({ handedIn: id, step: 'handed-in' });
  visit.nudge();
  return done;
}

/**
 * Whether what this visit hands in is in the log already and the visit does not say so: its draft found no room, or core died in between. The same
 * words again then, and no second hand-in or supplement.
 */
export async function standsInLog(visit: Pick<Visit, 'store'>, { case: id, handedIn, supplementing }: SessionState): Promise<boolean> {
  if (id === null || handedIn !== null) return false;
  if (supplementing === null) return isHandedIn(visit, id);
  const last = (await actionsOf(visit.store, id)).findLast(({ payload }) => payload.kind === 'correction-asked' || payload.kind === 'supplemented');
  return last?.payload.kind === 'supplemented';
}

/** Whether the log already holds this case's hand-in. */
export async function isHandedIn(visit: Pick<Visit, 'store'>, id: CaseId): Promise<boolean> {
  const actions = await actionsOf(visit.store, id);
  return actions.some((action) => action.payload.kind === 'handed-in');
}

async function takeNumber(visit: Visit, head: ChainHead): Promise<{ value: string; provisional: boolean }> {
  const leased = await visit.store.leases.next('case-number');
  if (leased !== null) return { value: leased.number, provisional: false };
  return { value: provisionalNumber(visit.config.machine, provisionalSerial(head.sequence + 1, visit.store.generation)), provisional: true };
}

/** The pages by material, in the order they were taken; those of a material that a changed answer made needless stay behind. What a citizen captures is trust level C until a window has seen the original. */
function materialsOf(pages: readonly Page[], item: Item, answers: Answers | null): Material[] {
  return materialsAsked(item, answers).flatMap(({ material: { key } }) => {
    const own = pages.filter((page) => page.material === key).map((page) => page.blob);
    return own.length === 0 ? [] : [{ key, pages: own, trust: 'C' as const }];
  });
}

/** The PNG signature (ISO/IEC 15948, 5.2). */
function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, index) => bytes[index] === byte);
}
