import { Button } from 'antd';
import { Hourglass, Info, Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { isClosed, mayFollow } from '../../../domain/case/fold.ts';
import type { InboxRow } from '../../../domain/contracts/cases.ts';
import { hintOf } from '../keys.ts';
import { Key } from '../parts.tsx';
import { t, word } from '../texts.ts';

/** A deed on a case that a clerk may start now. */
export type Deed = 'claim' | 'accept' | 'correct' | 'refuse' | 'finish';

/** What this account may do with a case as it stands. */
export function deedsOf(row: Pick<InboxRow, 'stage' | 'claimedBy'>, account: string, mayAct: boolean): Deed[] {
  if (!mayAct || isClosed(row.stage) || (row.claimedBy !== null && row.claimedBy !== account)) return [];
  const { stage } = row;
  return [
    ...(row.claimedBy === null ? ['claim' as const] : []),
    ...(mayFollow(stage, 'refused') ? ['refuse' as const] : []),
    ...(mayFollow(stage, 'correction-asked') ? ['correct' as const] : []),
    ...(mayFollow(stage, 'accepted') ? ['accept' as const] : []),
    ...(stage === 'accepted' || stage === 'decided' ? ['finish' as const] : []),
  ];
}

/** Below the case: whose turn it is, what the clock does, and the keys. */
export function ActionBar({ row, account, mayAct, deeds, busy, onDeed }: { row: InboxRow; account: string; mayAct: boolean; deeds: readonly Deed[]; busy: boolean; onDeed: (deed: Deed) => void }): ReactNode {
  const other = row.claimedBy !== null && row.claimedBy !== account && !isClosed(row.stage);
  return (
    <footer className="bar">
      <div className="bar-words">
        <p>{other && mayAct ? <><Lock size={15} aria-hidden="true" />{t('turn.claimed', { account: row.claimedBy ?? '' })}</> : <><Info size={15} aria-hidden="true" />{word('turn', row.stage)}{!mayAct && t('turn.read-only')}</>}</p>
        {row.missing > 0 && mayFollow(row.stage, 'accepted') && <p className="missing"><Hourglass size={14} aria-hidden="true" />{t('turn.missing', { count: row.missing })}</p>}
      </div>
      <div className="bar-deeds">
        {deeds.map((deed) => (
          <Button key={deed} size="large" type={deed === 'accept' || deed === 'finish' ? 'primary' : 'default'} danger={deed === 'refuse'} loading={deed === 'claim' && busy} onClick={() => onDeed(deed)}>
            {t(`act.${deed}`)}<Key name={hintOf(deed)} />
          </Button>
        ))}
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
