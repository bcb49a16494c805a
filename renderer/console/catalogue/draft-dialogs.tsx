import { Alert, App as AntApp, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import type { Draft } from '../../../domain/contracts/catalogue.ts';
import { drop } from '../../../domain/result.ts';
import { Key } from '../parts.tsx';
import { useNow } from '../clock.ts';
import { useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { useConfirmKey } from './confirm-key.ts';

export type Deed = 'submit' | 'recall' | 'withdraw' | 'approve' | 'reject' | 'publish';

/** The last look before a step of a draft. Ctrl+Enter confirms, Esc leaves. */
export function ConfirmDraft({ deed, draft, revision, onClose, onDone }: { deed: Deed; draft: Draft; revision: number; onClose: () => void; onDone: () => void }): ReactNode {
  const { ask } = useSession();
  const { message } = AntApp.useApp();
  const now = useNow();
  const today = civilDate(now);
  const earliest = draft.bases.reduce((day, { effectiveFrom }) => (day < effectiveFrom ? effectiveFrom : day), today);
  const [words, setWords] = useState('');
  const [from, setFrom] = useState(earliest);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const { id } = draft.row;

  async function run(): Promise<string | null> {
    const answer = await ask<{ ok: true } | { ok: false; error: { kind: string; by?: string; code?: string } }>((hall) => {
      switch (deed) {
        case 'submit': return hall.submitDraft({ id, revision });
        case 'recall': return hall.recallDraft({ id, revision });
        case 'withdraw': return hall.withdrawDraft({ id, revision });
        case 'approve':
        case 'reject': return hall.reviewDraft({ id, revision, verdict: deed, words });
        case 'publish': return hall.publishDraft({ id, revision, effectiveFrom: from });
      }
    });
    if (!answer.ok) return t(answer.error.kind === 'away' ? 'failed.away' : answer.error.kind === 'not-allowed' ? 'catalogue.fault.not-allowed' : 'failed.broken');
    return answer.value.ok ? null : faultWords(answer.value.error);
  }

  const confirm = async () => {
    if (busy) return;
    if (deed === 'reject' && words.trim() === '') return setFault(t('catalogue.reject.needed'));
    setBusy(true);
    const found = await run();
    setBusy(false);
    if (found !== null) return setFault(found);
    void message.success(t(`catalogue.done.${deed}`));
    onDone();
  };

  useConfirmKey(() => drop(confirm()));

  return (
    <Modal
      open centered width={520} title={t(`catalogue.ask.${deed}`)} okText={<>{t(`catalogue.deed.${deed}`)}<Key name="Ctrl ↵" /></>} cancelText={<>{t('act.cancel')}<Key name="Esc" /></>}
      okButtonProps={{ danger: deed === 'reject' || deed === 'withdraw', loading: busy }} onCancel={onClose} onOk={() => drop(confirm())}
    >
      <div className="draft-confirm">
        {fault !== '' && <Alert type="error" showIcon role="alert" title={fault} />}
        <p>{t(`catalogue.words.${deed}`)}</p>
        {(deed === 'approve' || deed === 'reject') && (
          <label className="field"><span>{t(deed === 'reject' ? 'catalogue.reject.words' : 'catalogue.approve.words')}</span>
            <textarea className="ed" rows={3} maxLength={1000} value={words} onChange={({ target }) => setWords(target.value)} />
          </label>
        )}
        {deed === 'publish' && (
          <label className="field"><span>{t('catalogue.publish.from')}</span>
            <input className="ed" type="date" min={earliest} value={from} onChange={({ target }) => setFrom(target.value)} />
            <small className="faint">{t(from === today ? 'catalogue.publish.today' : 'catalogue.publish.later', { date: from })}</small>
          </label>
        )}
      </div>
    </Modal>
  );
}

/** Why a step was not done. */
function faultWords({ kind, by, code }: { kind: string; by?: string; code?: string }): string {
  switch (kind) {
    case 'stale': return t('catalogue.fault.stale', { by: by ?? '' });
    case 'wrong-state': return t('catalogue.fault.wrong-state');
    case 'findings': return t('catalogue.fault.findings');
    case 'reason-missing': return t('catalogue.fault.reason-missing');
    case 'own': return t('catalogue.review.own');
    case 'bad-date': return t('catalogue.fault.bad-date');
    case 'base-changed': return t('catalogue.fault.base-changed', { code: code ?? '' });
    case 'base-cancelled': return t('catalogue.fault.base-cancelled', { code: code ?? '' });
    case 'code-taken': return t('catalogue.fault.code-taken', { code: code ?? '' });
    case 'wrong-shape': return t('catalogue.fault.wrong-shape');
    default: return t('failed.broken');
  }
}
