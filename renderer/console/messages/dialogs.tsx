import { Alert, Button, Input, Modal, Radio, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { HotlinePackage, OpenMessage } from '../../../domain/contracts/messages.ts';
import { RATINGS } from '../../../domain/ratings/ratings.ts';
import { ConfirmDialog } from '../case/confirm-dialog.tsx';
import { useDeed } from '../desk/deed.ts';
import { saveFile } from '../desk/save-file.ts';
import { useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import type { Owners } from './messages-page.tsx';

export type MessageDialogName = 'assign' | 'take-up' | 'decline' | 'transfer' | 'hand-over' | 'package' | 'hotline-said' | 'rate' | 'reopen' | 'close';
type Props = { message: OpenMessage; owners: Owners; onDone: () => void; onClose: () => void };

/** What is done with a message, beside replying to it. */
export function MessageDialog({ name, ...props }: Props & { name: MessageDialogName }): ReactNode {
  switch (name) {
    case 'assign':
      return <AssignDialog {...props} />;
    case 'transfer':
      return <TransferDialog {...props} />;
    case 'take-up':
    case 'close':
      return <PlainDialog {...props} name={name} />;
    case 'decline':
    case 'reopen':
      return <WordsDialog {...props} name={name} />;
    case 'hand-over':
    case 'package':
      return <HandOverDialog {...props} made={name === 'package'} />;
    case 'hotline-said':
      return <HotlineDialog {...props} />;
    case 'rate':
      return <RateDialog {...props} />;
  }
}

function useMessageDeed({ onDone, onClose }: Pick<Props, 'onDone' | 'onClose'>) {
  return useDeed((kind) => word('message.fault', kind), () => {
    onClose();
    onDone();
  });
}

function Department({ owners, value, onChange }: { owners: Owners; value: string | null; onChange: (code: string) => void }): ReactNode {
  return <label className="field"><span>{t('assign.department')}</span><Select autoFocus showSearch={{ optionFilterProp: 'label' }} aria-label={t('assign.department')} value={value} options={owners.departments.map(({ code, name }) => ({ value: code, label: name }))} onChange={onChange} /></label>;
}

function AssignDialog({ message: { row }, owners, ...props }: Props): ReactNode {
  const deed = useMessageDeed(props);
  const { me } = useSession();
  const [department, setDepartment] = useState<string | null>(row.department ?? owners.departments[0]?.code ?? null);
  const [account, setAccount] = useState(row.account ?? (owners.accounts.some((one) => one.account === me.account) ? me.account : ''));
  return (
    <ConfirmDialog title={t('assign.title')} ok={t('assign.ok')} lacks={department === null ? t('assign.needed') : ''} confirm={() => deed((hall) => hall.assignMessage({ id: row.id, department: department ?? '', account: account === '' ? null : account }))} onClose={props.onClose}>
      <Department owners={owners} value={department} onChange={setDepartment} />
      <label className="field"><span>{t('assign.account')}</span><Select showSearch={{ optionFilterProp: 'label' }} aria-label={t('assign.account')} value={account} options={[{ value: '', label: t('assign.nobody') }, ...owners.accounts.map((one) => ({ value: one.account, label: one.name }))]} onChange={setAccount} /></label>
    </ConfirmDialog>
  );
}

function TransferDialog({ message: { row }, owners, ...props }: Props): ReactNode {
  const deed = useMessageDeed(props);
  const [department, setDepartment] = useState<string | null>(null);
  const [words, setWords] = useState('');
  return (
    <ConfirmDialog title={t('transfer.title')} ok={t('transfer.ok')} lacks={department === null || words.trim() === '' ? t('transfer.needed') : ''} confirm={() => deed((hall) => hall.transferMessage({ id: row.id, department: department ?? '', words }))} onClose={props.onClose}>
      <Department owners={owners} value={department} onChange={setDepartment} />
      <Words label={t('transfer.words')} value={words} onChange={setWords} />
    </ConfirmDialog>
  );
}

function PlainDialog({ message: { row }, name, ...props }: Props & { name: 'take-up' | 'close' }): ReactNode {
  const deed = useMessageDeed(props);
  const takesUp = name === 'take-up';
  return (
    <ConfirmDialog title={t(takesUp ? 'take-up.title' : 'close-message.title')} ok={t(takesUp ? 'take-up.ok' : 'close-message.ok')} confirm={() => (takesUp ? deed((hall) => hall.takeUpMessage({ id: row.id, taken: true, words: '' })) : deed((hall) => hall.closeMessage({ id: row.id })))} onClose={props.onClose}>
      <p>{t(takesUp ? 'take-up.words' : 'close-message.words')}</p>
    </ConfirmDialog>
  );
}

function WordsDialog({ message: { row }, name, ...props }: Props & { name: 'decline' | 'reopen' }): ReactNode {
  const deed = useMessageDeed(props);
  const [words, setWords] = useState('');
  const declines = name === 'decline';
  return (
    <ConfirmDialog title={t(declines ? 'decline.title' : 'reopen.title')} ok={t(declines ? 'decline.ok' : 'reopen.ok')} danger={declines} lacks={words.trim() === '' ? t(declines ? 'decline.needed' : 'reopen.needed') : ''} confirm={() => (declines ? deed((hall) => hall.takeUpMessage({ id: row.id, taken: false, words })) : deed((hall) => hall.reopenMessage({ id: row.id, words })))} onClose={props.onClose}>
      <Words label={t(declines ? 'decline.words' : 'reopen.words')} value={words} onChange={setWords} />
      {!declines && <p className="faint">{t('reopen.sees')}</p>}
    </ConfirmDialog>
  );
}

/** Hands it over once; what was made then is shown again as often as it is asked for. */
function HandOverDialog({ message: { row }, made, onDone, onClose }: Props & { made: boolean }): ReactNode {
  const [given, setGiven] = useState<HotlinePackage | null>(null);
  const deed = useDeed((kind) => word('message.fault', kind), onDone);
  if (given !== null) return <PackageDialog given={given} onClose={onClose} />;
  return (
    <ConfirmDialog
      title={t('hand-over.title')}
      ok={t(made ? 'message.package' : 'hand-over.ok')}
      confirm={() => deed(async (hall) => {
        const answer = await hall.handOverMessage({ id: row.id });
        if (answer.ok) setGiven(answer.value);
        return answer;
      })}
      onClose={onClose}
    >
      <Alert type="warning" showIcon title={t('hand-over.sees')} />
    </ConfirmDialog>
  );
}

function PackageDialog({ given, onClose }: { given: HotlinePackage; onClose: () => void }): ReactNode {
  const { name, text, ...data } = given;
  return (
    <Modal open centered width={640} title={t('hand-over.done')} footer={[
      <Button key="json" type="primary" onClick={() => saveFile(`${name}.json`, 'application/json', JSON.stringify(data, null, 2))}>{t('hand-over.json')}</Button>,
      <Button key="text" onClick={() => saveFile(`${name}.txt`, 'text/plain;charset=utf-8', text)}>{t('hand-over.text')}</Button>,
    ]} onCancel={onClose}>
      <pre className="package">{text}</pre>
    </Modal>
  );
}

function HotlineDialog({ message: { row, hotline }, ...props }: Props): ReactNode {
  const deed = useMessageDeed(props);
  const [state, setState] = useState<'received' | 'answered' | 'returned'>('received');
  const [reference, setReference] = useState(hotline?.reference ?? '');
  const [words, setWords] = useState('');
  const states = ['received', 'answered', 'returned'] as const;
  return (
    <ConfirmDialog title={t('hotline.title')} ok={t('hotline.ok')} lacks={state !== 'received' && words.trim() === '' ? t('hotline.needed') : ''} confirm={() => deed((hall) => hall.hotlineSaid({ id: row.id, state, reference, words }))} onClose={props.onClose}>
      <fieldset className="field"><legend>{t('hotline.state')}</legend><Radio.Group value={state} options={states.map((value) => ({ value, label: word('hotline', value) }))} onChange={(event) => setState(states.find((one) => one === event.target.value) ?? 'received')} /></fieldset>
      <label className="field"><span>{t('hotline.reference')}</span><Input value={reference} maxLength={60} onChange={(event) => setReference(event.target.value)} /></label>
      <Words label={t('hotline.words')} value={words} onChange={setWords} />
    </ConfirmDialog>
  );
}

function RateDialog({ message: { row }, ...props }: Props): ReactNode {
  const deed = useMessageDeed(props);
  const [level, setLevel] = useState(5);
  const [words, setWords] = useState('');
  return (
    <ConfirmDialog title={t('rate-reply.title')} ok={t('rate-reply.ok')} confirm={() => deed((hall) => hall.rateMessage({ id: row.id, level, words }))} onClose={props.onClose}>
      <fieldset className="field"><legend>{t('rate-reply.level')}</legend><Radio.Group value={level} options={RATINGS.map((rating) => ({ value: rating.level, label: rating.name }))} onChange={(event) => setLevel(Number(event.target.value))} /></fieldset>
      <Words label={t('rate-reply.words')} value={words} longest={500} onChange={setWords} />
    </ConfirmDialog>
  );
}

function Words({ label, value, longest = 2000, onChange }: { label: string; value: string; longest?: number; onChange: (words: string) => void }): ReactNode {
  return <label className="field"><span>{label}</span><Input.TextArea value={value} maxLength={longest} autoSize={{ minRows: 4, maxRows: 9 }} onChange={(event) => onChange(event.target.value)} /></label>;
}
