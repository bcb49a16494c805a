import { Button, Tooltip } from 'antd';
import { ArrowLeft, ChevronDown, ChevronUp, Lock, UserCheck } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { isClosed } from '../../../domain/case/fold.ts';
import type { InboxRow } from '../../../domain/contracts/cases.ts';
import type { Item } from '../../../domain/item/types.ts';
import { useNow } from '../clock.ts';
import { hintOf } from '../keys.ts';
import { DueTag, StageTag } from '../parts.tsx';
import { go, type Route } from '../route.ts';
import { t } from '../texts.ts';
import { dueOf, machineWords, momentWords } from '../words.ts';

/** Which case this is, where it stands, and the way to its neighbours. */
export function CaseHead({ row, item, account, heading, list, previous, next, onMove }: { row: InboxRow; item: Item; account: string; heading: RefObject<HTMLHeadingElement | null>; list: Route; previous: boolean; next: boolean; onMove: (by: 1 | -1) => void }): ReactNode {
  const now = useNow();
  return (
    <header className="case-head">
      <Tooltip title={`${t('case.back')}  Esc`}><Button type="text" aria-label={t('case.back')} icon={<ArrowLeft size={18} aria-hidden="true" />} onClick={() => go(list)} /></Tooltip>
      <div className="case-title">
        <h1 ref={heading} tabIndex={-1}><span className="case-person">{row.person}</span><span className="case-item" title={item.name}>{item.name}</span></h1>
        <p><span className="number">{row.number}</span><span aria-hidden="true">·</span>{momentWords(row.handedInAt, now)} {machineWords(row.machine)}</p>
      </div>
      <StageTag stage={row.stage} />
      {!isClosed(row.stage) && <><DueTag due={dueOf(row, now, item.promised.unit)} inline /><Holder by={row.claimedBy} account={account} /></>}
      <span className="case-move">
        <Tooltip title={`${t('case.previous')}  ${hintOf('previous-case')}`}><Button type="text" disabled={!previous} aria-label={t('case.previous')} icon={<ChevronUp size={18} aria-hidden="true" />} onClick={() => onMove(-1)} /></Tooltip>
        <Tooltip title={`${t('case.next')}  ${hintOf('next-case')}`}><Button type="text" disabled={!next} aria-label={t('case.next')} icon={<ChevronDown size={18} aria-hidden="true" />} onClick={() => onMove(1)} /></Tooltip>
      </span>
    </header>
  );
}

function Holder({ by, account }: { by: string | null; account: string }): ReactNode {
  if (by === null) return <span className="holder faint">{t('case.claimed.none')}</span>;
  if (by === account) return <span className="holder" data-mine="true"><UserCheck size={15} aria-hidden="true" />{t('case.claimed.mine')}</span>;
  return <span className="holder"><Lock size={14} aria-hidden="true" />{t('case.claimed.other', { account: by })}</span>;
}
