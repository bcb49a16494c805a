import { App, Checkbox, Input, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { RATINGS, ratingOf } from '../../../domain/ratings/ratings.ts';
import { ConfirmDialog } from '../case/confirm-dialog.tsx';
import { useDeed } from '../desk/deed.ts';
import { t, word } from '../texts.ts';

const CHANNELS = ['paper', 'counter', 'sms'] as const;

/** A rating that came on paper, from the desk's device or by text; or the one follow-up to a rating that is there. */
export function RegisterDialog({ what, onDone, onClose }: { what: 'rating' | 'follow-up'; onDone: () => void; onClose: () => void }): ReactNode {
  const { message } = App.useApp();
  const deed = useDeed((kind) => word('register.fault', kind), () => {
    void message.success(t('register.done'));
    onDone();
    onClose();
  });
  const [number, setNumber] = useState('');
  const [channel, setChannel] = useState<(typeof CHANNELS)[number]>('paper');
  const [paper, setPaper] = useState('');
  const [level, setLevel] = useState(5);
  const [tags, setTags] = useState<string[]>([]);
  const [words, setWords] = useState('');
  const isRating = what === 'rating';
  const lacks = number.trim() === '' ? t('register.needed') : isRating && channel === 'paper' && paper.trim() === '' ? t('register.paper-needed') : '';
  return (
    <ConfirmDialog
      title={t(isRating ? 'register.title' : 'follow.title')}
      ok={t(isRating ? 'register.ok' : 'follow.ok')}
      width={680}
      lacks={lacks}
      confirm={() => (isRating ? deed((hall) => hall.registerRating({ number, channel, paper, level, tags, words })) : deed((hall) => hall.registerFollowUp({ number, paper, level, words })))}
      onClose={onClose}
    >
      <div className="desk-form-row">
        <label className="field" data-first="true"><span>{t('register.number')}</span><Input value={number} maxLength={50} onChange={(event) => setNumber(event.target.value)} /></label>
        {(!isRating || channel === 'paper') && <label className="field"><span>{t('register.paper')}</span><Input value={paper} maxLength={40} onChange={(event) => setPaper(event.target.value)} /></label>}
      </div>
      {isRating && (
        <fieldset className="field">
          <legend>{t('register.channel')}</legend>
          <Radio.Group value={channel} options={CHANNELS.map((value) => ({ value, label: word('channel', value) }))} onChange={(event) => setChannel(CHANNELS.find((one) => one === event.target.value) ?? 'paper')} />
        </fieldset>
      )}
      <fieldset className="field">
        <legend>{t('register.level')}</legend>
        <Radio.Group
          value={level}
          options={RATINGS.map((rating) => ({ value: rating.level, label: rating.name }))}
          onChange={(event) => {
            setLevel(Number(event.target.value));
            setTags([]);
          }}
        />
      </fieldset>
      {isRating && (
        <fieldset className="field">
          <legend>{t('register.tags')}</legend>
          <Checkbox.Group className="tag-choice" value={tags} options={(ratingOf(level)?.tags ?? []).map(({ code, text }) => ({ value: code, label: text }))} onChange={(values) => setTags(values.map(String))} />
        </fieldset>
      )}
      <label className="field"><span>{t('register.words')}</span><Input.TextArea value={words} maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} onChange={(event) => setWords(event.target.value)} /></label>
      <p className="faint">{t(isRating ? 'register.once' : 'follow.sees')}</p>
    </ConfirmDialog>
  );
}
