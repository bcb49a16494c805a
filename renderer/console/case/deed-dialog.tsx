import type { ReactNode } from 'react';
import type { Task } from '../../../domain/approval/process.ts';
import type { CaseState } from '../../../domain/case/types.ts';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import type { Hall } from '../hall.ts';
import { t } from '../texts.ts';
import { ExtendDialog, PauseDialog, ResumeDialog } from './clock-dialogs.tsx';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';
import type { Deed } from './deeds.ts';
import { AcceptDialog, CorrectDialog, FinishDialog, type NamedCalendar, RefuseDialog } from './dialogs.tsx';
import { EditDialog } from './edit-dialog.tsx';
import { IdentityDialog } from './identity.tsx';
import type { Ask, NoticeLine } from './letters.ts';
import { DeliverDialog, HandOverDialog, MinutesDialog, OriginalsDialog, ReasonDialog, SurveyDialog, TakeOverDialog } from './paper-dialogs.tsx';
import { PreReviewDialog, ReviewDialog } from './review-dialog.tsx';
import { SupplementDialog } from './supplement-dialog.tsx';

/** `paper`: the deed gives rise to one, which is offered at once. */
type Act = (call: (hall: Hall) => ReturnType<Hall['accept']> | ReturnType<Hall['archive']>, words: string, paper?: boolean) => Promise<Fault | null>;
type Props = {
  deed: Deed; opened: ConsoleCase; state: CaseState; steps: readonly Task[]; calendar: NamedCalendar;
  /** The whole correction, and what of it the window itself asks for. */
  notice: readonly NoticeLine[]; asks: readonly Ask[];
  /** What an end is begun with, such as the number of the case that this one repeats. */
  reason: string;
  /** Does it and goes on with the next case that waits. */
  goOn: Act;
  /** Does it and stays with this one. */
  stay: Act;
  onClose: () => void;
};

/** The last look before a deed. */
export function DeedDialog({ deed, opened, state, steps, calendar, notice, asks, reason, goOn, stay, onClose }: Props): ReactNode {
  const { item, row: { id, person } } = opened;
  const about = { person, item: item.name };
  const common = { opened, onClose };
  const clock = { state, item, calendar, onClose };
  switch (deed) {
    case 'accept':
      return <AcceptDialog {...common} calendar={calendar} confirm={(lacking) => goOn((hall) => hall.accept({ id, lacking }), t('act.done.accept', about), true)} />;
    case 'refuse':
      return <RefuseDialog {...common} confirm={(words) => goOn((hall) => hall.refuse({ id, reason: words }), t('act.done.refuse', about), true)} />;
    case 'correct':
      return <CorrectDialog asks={notice} onClose={onClose} confirm={() => goOn((hall) => hall.askCorrection({ id, asks: asks.map(({ target, key, words }) => ({ target, key, words })) }), t('act.done.correct', { person, count: notice.length }), true)} />;
    case 'supplement':
      return <SupplementDialog {...common} confirm={(brought) => stay((hall) => hall.supplement({ id, ...brought }), t('act.done.supplement', about))} />;
    case 'finish':
      return <FinishDialog {...common} confirm={(granted, words) => goOn((hall) => hall.finish({ id, granted, words }), t('act.done.finish', about), true)} />;
    case 'originals':
      return <OriginalsDialog {...common} confirm={(materials) => stay((hall) => hall.seeOriginals({ id, materials }), t('act.done.originals', { count: materials.length }))} />;
    case 'identity':
      return <IdentityDialog {...common} confirm={(said) => stay((hall) => hall.checkIdentity({ id, ...said }), t('act.done.identity'))} />;
    case 'edit':
      return <EditDialog {...common} confirm={(form, words) => stay((hall) => hall.correctForm({ id, form, reason: words }), t('act.done.edit'))} />;
    case 'pre-review':
      return <PreReviewDialog {...common} steps={steps} confirm={(said) => goOn((hall) => hall.preReview({ id, ...said }), t('act.done.pre-review'))} />;
    case 'review':
      return <ReviewDialog steps={steps} onClose={onClose} confirm={(said) => goOn((hall) => hall.review({ id, ...said }), t('act.done.review'))} />;
    case 'pause':
      return <PauseDialog {...clock} confirm={(why) => stay((hall) => hall.pause({ id, ...why }), t('act.done.pause'))} />;
    case 'resume':
      return <ResumeDialog {...clock} confirm={(words) => stay((hall) => hall.resume({ id, words }), t('act.done.resume'))} />;
    case 'extend':
      return <ExtendDialog {...clock} confirm={(extension) => stay((hall) => hall.extend({ id, ...extension }), t('act.done.extend'))} />;
    case 'survey':
      return <SurveyDialog {...common} calendar={calendar} confirm={(survey) => stay((hall) => hall.appointSurvey({ id, ...survey }), t('act.done.survey'))} />;
    case 'survey-held':
      return <MinutesDialog {...common} state={state} confirm={(held) => stay((hall) => hall.holdSurvey({ id, ...held }), t('act.done.survey-held'))} />;
    case 'hand-over':
      return <HandOverDialog papers={item.materials.map(({ name }) => name)} onClose={onClose} confirm={(handed) => goOn((hall) => hall.handOver({ id, ...handed }), t('act.done.hand-over', { to: handed.to }))} />;
    case 'take-over':
      return <TakeOverDialog state={state} onClose={onClose} confirm={(missing) => stay((hall) => hall.takeOver({ id, missing }), t('act.done.take-over'))} />;
    case 'deliver':
      return <DeliverDialog person={person} onClose={onClose} confirm={(delivery) => goOn((hall) => hall.deliver({ id, ...delivery }), t('act.done.deliver', { person }))} />;
    case 'return':
      return <ReasonDialog title={t('return.title')} ok={t('return.ok')} sees={t('return.sees')} clock={t('return.clock')} initial={reason} onClose={onClose} confirm={(words) => goOn((hall) => hall.closeCase({ id, result: 'returned', words }), t('act.done.return', about))} />;
    case 'lapse':
      return <ReasonDialog title={t('lapse.title')} ok={t('lapse.ok')} sees={t('lapse.sees')} clock={t('return.clock')} initial={t('refuse.template.late')} onClose={onClose} confirm={(words) => goOn((hall) => hall.closeCase({ id, result: 'lapsed', words }), t('act.done.lapse', about))} />;
    case 'transfer':
      return <ReasonDialog title={t('transfer.title')} ok={t('transfer.ok')} sees={t('transfer.sees')} clock={t('return.clock')} onClose={onClose} confirm={(words) => goOn((hall) => hall.closeCase({ id, result: 'transferred', words }), t('act.done.transfer', about))} />;
    case 'withdraw':
      return <ReasonDialog title={t('withdraw.title')} ok={t('withdraw.ok')} sees={t('withdraw.sees')} clock={t('return.clock')} onClose={onClose} confirm={(words) => goOn((hall) => hall.withdraw({ id, reason: words }), t('act.done.withdraw', about))} />;
    case 'archive':
      return <ConfirmDialog title={t('archive.title')} ok={t('archive.ok')} clock={<p>{t('archive.words')}</p>} onClose={onClose} confirm={() => stay((hall) => hall.archive({ id }), t('act.done.archive', about))} />;
    case 'claim':
    case 'release':
      // Nobody is asked before these: they are undone by each other.
      return null;
  }
}
