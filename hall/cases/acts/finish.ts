import type { FinishResult, Payload, PayloadOf } from '../../../domain/action/payload.ts';
import { outcomeOf, processOf } from '../../../domain/approval/process.ts';
import { isPaused } from '../../../domain/case/fold.ts';
import { buildCertificate } from '../../../domain/item/certificate.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { takeNumbers } from '../../db/counter.ts';
import type { Write } from '../../db/schema.ts';
import type { Ground } from '../../ground.ts';
import { certificateCounter } from '../open.ts';
import { type ActFailure, type Deed, type Loaded, refusalOf, sayOnly } from './deed.ts';

/** 决定 and 办结. A granted item with a template issues its certificate. */
export function finish(ground: Ground, act: { granted: boolean; words: string }): Deed {
  return { name: 'finish', keepsClaim: false, make: (loaded, write) => decide(ground, write, loaded, act) };
}

async function decide(ground: Ground, write: Write, { state, item, today }: Loaded, act: { granted: boolean; words: string }): Promise<Result<Payload[], ActFailure>> {
  if (state.stage !== 'accepted' && state.stage !== 'decided') return err({ kind: 'wrong-stage' });
  if (isPaused(state)) return err({ kind: 'paused' });
  // 行政许可法 Art 38: who is denied is told why.
  if (!act.granted && act.words.trim() === '') return err({ kind: 'bad-act' });
  if (state.decision !== null && state.decision.granted !== act.granted) return err({ kind: 'wrong-stage' });
  const process = processOf(item);
  const departments = process.tasks.length === 0 ? 'agreed' : outcomeOf(process, state.reviews);
  if (departments === 'running') return err({ kind: 'steps-open' });
  if (departments === 'objected' && act.granted) return err({ kind: 'objected' });
  const certificate = act.granted && item.result.template !== null
    ? buildCertificate(item, state, { serial: await takeNumbers(write, ground.division, certificateCounter(item), 1), issuedOn: today })
    : null;
  if (certificate !== null && !certificate.ok) throw new Error('an item with a template builds no certificate');
  const decided: Payload[] = state.stage === 'accepted' ? [{ kind: 'decided', granted: act.granted, reason: act.words }] : [];
  return ok([...decided, { kind: 'finished', result: act.granted ? 'granted' : 'denied', words: act.words, certificate: certificate?.value ?? null }]);
}

/** 退件, 补正不来, 转报: an end without a decision, with its reason. A correction lapses only when its last day is over. */
export function close(result: Extract<FinishResult, 'returned' | 'lapsed' | 'transferred'>, words: string): Deed {
  return {
    name: 'close', keepsClaim: false,
    make({ state, today }) {
      if (result === 'lapsed' && (state.correction === null || today <= state.correction.within)) return err({ kind: 'wrong-stage' });
      const payload: PayloadOf<'finished'> = { kind: 'finished', result, words, certificate: null };
      const refused = refusalOf(state, payload);
      return refused === null ? ok([payload]) : err(refused);
    },
  };
}

/** 材料交接 from desk to desk. */
export function handOver(papers: { to: string; papers: string[]; words: string }): Deed {
  return { name: 'hand-over', keepsClaim: false, make: ({ state }) => sayOnly(state, { kind: 'handed-over', ...papers }) };
}

export function takeOver(missing: readonly string[]): Deed {
  return {
    name: 'take-over', keepsClaim: true,
    make: ({ state }) => (missing.every((paper) => state.papers?.papers.includes(paper) === true) ? sayOnly(state, { kind: 'taken-over', missing: [...missing] }) : err({ kind: 'bad-act' })),
  };
}

/** 送达 (B19 送达回执) */
export function deliver(delivery: Omit<PayloadOf<'delivered'>, 'kind' | 'on'>): Deed {
  return { name: 'deliver', keepsClaim: false, make: ({ state, today }) => sayOnly(state, { kind: 'delivered', ...delivery, on: today }) };
}
