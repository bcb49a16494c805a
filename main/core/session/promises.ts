import { sha256 } from '../../../crypto/node.ts';
import type { MaterialPromise } from '../../../domain/action/payload.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { PROMISES_SINCE } from '../../../domain/contracts/hall.ts';
import type { MaterialOffer } from '../../../domain/contracts/kiosk.ts';
import { materialsAsked } from '../../../domain/item/situation.ts';
import type { Item } from '../../../domain/item/types.ts';
import { commitmentText, deferralText, deferredUntil, type PromiseKind } from '../../../domain/material/promises.ts';
import { fillable } from './filling.ts';
import type { SessionState } from './state.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/**
 * The promises that may stand in place of a material now: those the item takes for what this situation needs, as long as no page of it is here. A supplement
 * takes none: what was promised was either turned down or is what is brought. None either for a hall that could not read them.
 */
export async function offersOf(visit: Pick<Visit, 'hallProtocol' | 'clock'>, state: SessionState, item: Item): Promise<MaterialOffer[]> {
  if (state.supplementing !== null || (await visit.hallProtocol()) < PROMISES_SINCE) return [];
  const today = civilDate(visit.clock.now());
  return materialsAsked(item, state.answers).flatMap(({ material, need }): MaterialOffer[] => {
    if (need !== 'needed' || state.pages.some((page) => page.material === material.key)) return [];
    const commitment = commitmentText(item, material);
    const by = deferredUntil(today, material);
    const deferral = by === null ? null : deferralText(item, material, by);
    return [
      ...(commitment === null ? [] : [{ key: material.key, kind: 'commitment' as const, text: commitment, by: null }]),
      ...(by === null || deferral === null ? [] : [{ key: material.key, kind: 'deferral' as const, text: deferral, by }]),
    ];
  });
}

/** The promises that still stand for something this situation needs; a changed answer may have made one needless. */
export function standingPromises(state: Pick<SessionState, 'promises' | 'answers'>, item: Item): MaterialPromise[] {
  const needed = new Set(materialsAsked(item, state.answers).filter(({ need }) => need === 'needed').map(({ material }) => material.key));
  return state.promises.filter(({ key }) => needed.has(key));
}

/** Takes a promise down, with the hash of what was shown. @param wish.shown the words the person agreed to: where core would show others by now, nothing was agreed to */
export async function promise(visit: Visit, wish: { material: string; kind: PromiseKind; shown: string }): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state, item } = filling.value;
  const offer = (await offersOf(visit, state, item)).find(({ key, kind, text }) => key === wish.material && kind === wish.kind && text === wish.shown);
  if (offer === undefined) return refuse({ kind: 'wrong-step' });
  const made = { key: offer.key, shownText: sha256(offer.text), agreedAt: new Date(visit.clock.now()).toISOString() };
  const taken: MaterialPromise = offer.by === null ? { kind: 'commitment', ...made } : { kind: 'deferral', by: offer.by, ...made };
  await visit.change({ promises: [...state.promises.filter(({ key }) => key !== offer.key), taken] });
  return done;
}

export async function takePromiseBack(visit: Visit, material: string): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  await visit.change({ promises: filling.value.state.promises.filter(({ key }) => key !== material) });
  return done;
}
