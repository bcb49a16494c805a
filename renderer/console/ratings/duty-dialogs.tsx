import { Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CaseId } from '../../../domain/ids.ts';
import { ConfirmDialog } from '../case/confirm-dialog.tsx';
import { useDeed } from '../desk/deed.ts';
import { t, word } from '../texts.ts';

export type DutyDialogName = 'call' | 'answer' | 'appeal' | 'judge' | 'close';
type Props = { id: CaseId; onDone: () => void; onClose: () => void };

/** What is done about a poor rating, each with its reason. */
export function DutyDialog({ name, ...props }: Props & { name: DutyDialogName }): ReactNode {
  switch (name) {
    case 'call':
      return <CallDialog {...props} />;
    case 'answer':
      return <AnswerDialog {...props} />;
    case 'appeal':
      return <AppealDialog {...props} />;
    case 'judge':
      return <JudgeDialog {...props} />;
    case 'close':
      return <CloseDialog {...props} />;
  }
}

function CallDialog({ id, onDone, onClose }: Props): ReactNode {
  const deed = useDeed((kind) => word('duty.fault', kind), onDone);
  const [way, setWay] = useState<'phone' | 'visit'>('phone');
  const [reached, setReached] = useState(true);
  const [said, setSaid] = useState('');
  return (
    <ConfirmDialog title={t('call.title')} ok={t('call.ok')} lacks={reached && said.trim() === '' ? t('call.needed') : ''} confirm={() => deed((hall) => hall.callBack({ id, way, reached, said: reached ? said : '' }))} onClose={onClose}>
      <Choice legend={t('call.way')} value={way} options={[{ value: 'phone', label: t('way.phone') }, { value: 'visit', label: t('way.visit') }]} onChange={setWay} />
      <Choice legend={t('call.title')} value={reached ? 'yes' : 'no'} options={[{ value: 'yes', label: t('call.reached') }, { value: 'no', label: t('call.not-reached') }]} onChange={(value) => setReached(value === 'yes')} />
      {reached && <Words label={t('call.said')} value={said} onChange={setSaid} />}
    </ConfirmDialog>
  );
}

function AnswerDialog({ id, onDone, onClose }: Props): ReactNode {
  const deed = useDeed((kind) => word('duty.fault', kind), onDone);
  const [how, setHow] = useState<'put-right' | 'explained'>('put-right');
  const [words, setWords] = useState('');
  return (
    <ConfirmDialog title={t('answer.title')} ok={t('answer.ok')} lacks={words.trim() === '' ? t('answer.needed') : ''} confirm={() => deed((hall) => hall.answerRating({ id, how, words }))} onClose={onClose}>
      <Choice legend={t('answer.how')} value={how} options={[{ value: 'put-right', label: t('answer.put-right') }, { value: 'explained', label: t('answer.explained') }]} onChange={setHow} />
      <Words label={t('answer.words')} value={words} onChange={setWords} />
    </ConfirmDialog>
  );
}

function AppealDialog({ id, onDone, onClose }: Props): ReactNode {
  const deed = useDeed((kind) => word('duty.fault', kind), onDone);
  const [reason, setReason] = useState<'mistaken' | 'malicious'>('mistaken');
  const [words, setWords] = useState('');
  return (
    <ConfirmDialog title={t('appeal.title')} ok={t('appeal.ok')} lacks={words.trim() === '' ? t('appeal.needed') : ''} confirm={() => deed((hall) => hall.appealRating({ id, reason, words }))} onClose={onClose}>
      <Choice legend={t('appeal.reason')} value={reason} options={[{ value: 'mistaken', label: t('appeal.mistaken') }, { value: 'malicious', label: t('appeal.malicious') }]} onChange={setReason} />
      <Words label={t('appeal.words')} value={words} onChange={setWords} />
      <p className="faint">{t('appeal.sees')}</p>
    </ConfirmDialog>
  );
}

function JudgeDialog({ id, onDone, onClose }: Props): ReactNode {
  const deed = useDeed((kind) => word('duty.fault', kind), onDone);
  const [upheld, setUpheld] = useState(false);
  const [words, setWords] = useState('');
  return (
    <ConfirmDialog title={t('judge.title')} ok={t('judge.ok')} lacks={words.trim() === '' ? t('judge.needed') : ''} confirm={() => deed((hall) => hall.judgeAppeal({ id, upheld, words }))} onClose={onClose}>
      <Choice legend={t('judge.title')} value={upheld ? 'yes' : 'no'} options={[{ value: 'no', label: t('judge.rejected') }, { value: 'yes', label: t('judge.upheld') }]} onChange={(value) => setUpheld(value === 'yes')} />
      <Words label={t('judge.words')} value={words} onChange={setWords} />
      <p className="faint">{t('judge.sees')}</p>
    </ConfirmDialog>
  );
}

function CloseDialog({ id, onDone, onClose }: Props): ReactNode {
  const deed = useDeed((kind) => word('duty.fault', kind), onDone);
  return <ConfirmDialog title={t('close.title')} ok={t('close.ok')} confirm={() => deed((hall) => hall.closeRating({ id }))} onClose={onClose}><p>{t('close.words')}</p></ConfirmDialog>;
}

function Choice<Value extends string>({ legend, value, options, onChange }: { legend: string; value: Value; options: readonly { value: Value; label: string }[]; onChange: (value: Value) => void }): ReactNode {
  return (
    <fieldset className="field">
      <legend>{legend}</legend>
      <Radio.Group value={value} options={[...options]} onChange={(event) => onChange(options.find((option) => option.value === event.target.value)?.value ?? value)} />
    </fieldset>
  );
}

function Words({ label, value, onChange }: { label: string; value: string; onChange: (words: string) => void }): ReactNode {
  return <label className="field"><span>{label}</span><Input.TextArea value={value} maxLength={1000} autoSize={{ minRows: 4, maxRows: 8 }} onChange={(event) => onChange(event.target.value)} /></label>;
}
