import { Button } from 'antd';
import { Hourglass, Info, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { isClosed, mayFollow } from '../../../domain/case/fold.ts';
import type { InboxRow } from '../../../domain/contracts/cases.ts';
import { hintOf } from '../keys.ts';
import { Key } from '../parts.tsx';
import { t, word } from '../texts.ts';
import { type Deed, isRare } from './deeds.ts';

/** The one deed that stands out: what most cases at this point need next. */
const FIRST: readonly Deed[] = ['take-over', 'accept', 'supplement', 'pre-review', 'review', 'resume', 'finish', 'deliver'];

/** Below the case: whose turn it is, what the clock does, and the keys. `waits`: departments whose word must come first. */
export function ActionBar({ row, account, mayAct, deeds, waits, busy, hasMore, onDeed, onMore }: { row: InboxRow; account: string; mayAct: boolean; deeds: readonly Deed[]; waits: readonly string[]; busy: boolean; hasMore: boolean; onDeed: (deed: Deed) => void; onMore: () => void }): ReactNode {
  const other = row.claimedBy !== null && row.claimedBy !== account && !isClosed(row.stage);
  const first = FIRST.find((deed) => deeds.includes(deed));
  return (
    <footer className="bar">
      <div className="bar-words">
        <p>{other && mayAct ? <><Lock size={15} aria-hidden="true" />{t('turn.claimed', { account: row.claimedBy ?? '' })}</> : <><Info size={15} aria-hidden="true" />{row.paused ? t('turn.paused') : word('turn', row.stage)}{!mayAct && t('turn.read-only')}</>}</p>
        {waits.length > 0 && <p className="missing"><Hourglass size={14} aria-hidden="true" />{t('turn.waits', { who: waits.join('、') })}</p>}
        {row.missing > 0 && mayFollow(row.stage, 'accepted') && <p className="missing"><Hourglass size={14} aria-hidden="true" />{t('turn.missing', { count: row.missing })}</p>}
      </div>
      <div className="bar-deeds">
        {deeds.filter((deed) => !isRare(deed)).map((deed) => (
          <Button key={deed} size="large" type={deed === first ? 'primary' : 'default'} danger={deed === 'refuse'} loading={deed === 'claim' && busy} onClick={() => onDeed(deed)}>
            {word('act', deed)}<Key name={hintOf(deed === 'pre-review' ? 'review' : deed)} />
          </Button>
        ))}
        {hasMore && <Button size="large" onClick={onMore}>{t('act.more')}<Key name={hintOf('more')} /></Button>}
      </div>
    </footer>
  );
}

/** The bar while a correction is put together. */
export function CorrectionBar({ count, fault, onNext, onLeave }: { count: number; fault: string; onNext: () => void; onLeave: () => void }): ReactNode {
  return (
    <footer className="bar" data-mode="correct">
      <div className="bar-words">
        <p><strong>{t('correct.mode')}</strong><span aria-live="polite">{t('correct.count', { count })}</span></p>
        {fault === '' ? <p>{t('correct.once')}</p> : <p className="missing" role="alert">{fault}</p>}
      </div>
      <div className="bar-deeds">
        <Button size="large" onClick={onLeave}>{t('act.cancel')}<Key name="Esc" /></Button>
        <Button size="large" type="primary" onClick={onNext}>{t('correct.next')}<Key name="Ctrl ↵" /></Button>
      </div>
    </footer>
  );
}
