import { Alert, Button, Input, Modal, Popconfirm, Radio, Select, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Sentence, SentenceUse } from '../../../domain/contracts/desk.ts';
import type { Item } from '../../../domain/item/types.ts';
import { ulid } from '../../../domain/ids.ts';
import { drop } from '../../../domain/result.ts';
import { ListSheet } from '../list-sheet.tsx';
import { Key } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';

/** 常用语: the county's ready sentences, for everybody who writes to citizens. */
export function SentencesPage(): ReactNode {
  const { ask } = useSession();
  const [sentences, again] = useAnswer('sentences-page', () => ask((hall) => hall.sentences()));
  const [items] = useAnswer('sentence-items', () => ask((hall) => hall.windowItems()));
  const [edited, setEdited] = useState<Sentence | null>(null);
  const known = items.kind === 'here' ? items.value as Item[] : [];
  const nameOf = (code: string) => (code === '' ? t('sentences.all-items') : known.find((item) => item.code === code)?.name ?? code);
  const begin = () => setEdited({ id: ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))), itemCode: '', use: 'correction', letters: '', words: '' });
  return (
    <>
      <ListSheet name="sentences" title={t('sentences.title')} words={t('sentences.words')} note={<p><Button type="primary" onClick={begin}>{t('sentences.new')}</Button></p>} answer={sentences} onRetry={again} empty={t('sentences.empty')}>
        {(rows) => (
          <Table<Sentence>
            rowKey="id"
            size="small"
            pagination={false}
            dataSource={[...rows]}
            columns={[
              { title: t('sentences.column.letters'), width: 110, render: (_, row) => <code>/{row.letters}</code> },
              { title: t('sentences.column.use'), width: 120, render: (_, row) => word('sentences.use', row.use) },
              { title: t('sentences.column.words'), dataIndex: 'words' },
              { title: t('sentences.column.item'), width: 220, render: (_, row) => nameOf(row.itemCode) },
              {
                title: '', width: 150, render: (_, row) => (
                  <>
                    <Button size="small" onClick={() => setEdited(row)}>{t('sentences.change')}</Button>{' '}
                    <Popconfirm title={t('sentences.drop.ask')} okText={t('sentences.drop')} cancelText={t('act.cancel')} onConfirm={() => drop(ask((hall) => hall.dropSentence({ id: row.id })).then(again))}><Button size="small" danger>{t('sentences.drop')}</Button></Popconfirm>
                  </>
                ),
              },
            ]}
          />
        )}
      </ListSheet>
      {edited !== null && <Editor sentence={edited} isNew={edited.words === ''} items={known} onDone={() => {
        setEdited(null);
        again();
      }} onClose={() => setEdited(null)} />}
    </>
  );
}

function Editor({ sentence, isNew, items, onDone, onClose }: { sentence: Sentence; isNew: boolean; items: readonly Item[]; onDone: () => void; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const [draft, setDraft] = useState(sentence);
  const [fault, setFault] = useState('');
  const save = async () => {
    if (!/^[a-z0-9]{1,12}$/.test(draft.letters) || draft.words.trim() === '') return setFault(t('sentences.incomplete'));
    const answer = await ask((hall) => hall.saveSentence(draft));
    if (!answer.ok) return setFault(t('sentences.failed'));
    if (!answer.value.ok) return setFault(word('sentences', answer.value.error.kind));
    onDone();
  };
  return (
    <Modal open title={t(isNew ? 'sentences.new' : 'sentences.edit')} width={620} centered onCancel={onClose} onOk={() => drop(save())} okText={<>{t('sentences.save')}<Key name="Ctrl ↵" /></>} cancelText={t('act.cancel')}>
      <div className="confirm-words" onKeyDown={(event) => event.key === 'Enter' && event.ctrlKey && drop(save())}>
        {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
        <label className="field"><span>{t('sentences.column.letters')}<span className="faint">　{t('sentences.letters.hint')}</span></span><Input autoFocus prefix="/" value={draft.letters} maxLength={12} onChange={(event) => setDraft({ ...draft, letters: event.target.value.toLowerCase().trim() })} /></label>
        <label className="field"><span>{t('sentences.column.words')}</span><Input.TextArea value={draft.words} maxLength={500} autoSize={{ minRows: 3, maxRows: 8 }} onChange={(event) => setDraft({ ...draft, words: event.target.value })} /></label>
        <fieldset className="field"><legend>{t('sentences.column.use')}</legend><Radio.Group value={draft.use} onChange={(event) => setDraft({ ...draft, use: SentenceUse.parse(event.target.value) })} options={SentenceUse.options.map((use) => ({ value: use, label: word('sentences.use', use) }))} /></fieldset>
        <label className="field"><span>{t('sentences.column.item')}</span><Select value={draft.itemCode} showSearch={{ optionFilterProp: 'label' }} options={[{ value: '', label: t('sentences.all-items') }, ...items.map(({ code, name }) => ({ value: code, label: name }))]} onChange={(itemCode: string) => setDraft({ ...draft, itemCode })} /></label>
      </div>
    </Modal>
  );
}
