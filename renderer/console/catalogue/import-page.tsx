import { Alert, App as AntApp, Button, Table, type TableColumnsType } from 'antd';
import { FileUp } from 'lucide-react';
import { type Key as RowKey, type ReactNode, useState } from 'react';
import type { ImportRow } from '../../../domain/contracts/catalogue.ts';
import { drop } from '../../../domain/result.ts';
import { may } from '../../../domain/staff/rights.ts';
import { Nothing } from '../parts.tsx';
import { go } from '../route.ts';
import { useSession } from '../session.tsx';
import { t } from '../texts.ts';
import { saveFile } from './bits.tsx';

/** Largest file, bytes: the hall takes 4 MB a request, and base64 adds a third. */
const LARGEST = 2_900_000;
type Picked = { name: string; format: 'json' | 'workbook'; bytes: string };

/** Files in and out: what a file would change is seen before anything is taken, and what is taken becomes drafts. */
export function ImportPage(): ReactNode {
  const { ask, me } = useSession();
  const { message } = AntApp.useApp();
  const [picked, setPicked] = useState<Picked | null>(null);
  const [rows, setRows] = useState<readonly ImportRow[] | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);

  const pick = async (file: File | undefined) => {
    if (file === undefined) return;
    setFault('');
    setRows(null);
    if (file.size > LARGEST) return setFault(t('catalogue.import.too-large'));
    const next: Picked = { name: file.name, format: file.name.toLowerCase().endsWith('.json') ? 'json' : 'workbook', bytes: await base64Of(file) };
    setPicked(next);
    setBusy(true);
    const answer = await ask((hall) => hall.previewImport({ format: next.format, bytes: next.bytes }));
    setBusy(false);
    if (!answer.ok) return setFault(t(answer.error.kind === 'away' ? 'failed.away' : 'failed.broken'));
    if (!answer.value.ok) return setFault(answer.value.error.where);
    setRows(answer.value.value);
    setChosen(answer.value.value.filter(({ what }) => what === 'new' || what === 'changed').map(({ code }) => code));
  };
  const take = async () => {
    if (picked === null) return;
    setBusy(true);
    const answer = await ask((hall) => hall.takeImport({ format: picked.format, bytes: picked.bytes, codes: [...chosen] }));
    setBusy(false);
    if (!answer.ok || !answer.value.ok) return setFault(t('failed.broken'));
    void message.success(t('catalogue.import.done', { count: answer.value.value.drafts.length }));
    go({ page: 'catalogue', at: 'drafts' });
  };
  const exportAs = async (format: 'json' | 'workbook') => {
    const file = await ask((hall) => hall.exportItems({ format, codes: [] }));
    if (file.ok) saveFile(file.value);
    else void message.error(t('failed.broken'));
  };

  return (
    <div className="import">
      <section>
        <h2>{t('catalogue.export.title')}</h2>
        <p>{t('catalogue.export.words')}</p>
        <p className="import-buttons"><Button onClick={() => drop(exportAs('workbook'))}>{t('catalogue.export.workbook')}</Button><Button onClick={() => drop(exportAs('json'))}>{t('catalogue.export.json')}</Button></p>
      </section>
      {may(me.role, 'edit-items') && (
        <section>
          <h2>{t('catalogue.import.title')}</h2>
          <p>{t('catalogue.import.words')}</p>
          <label className="import-pick"><FileUp size={18} aria-hidden="true" /><span>{picked === null ? t('catalogue.import.pick') : picked.name}</span><input type="file" accept=".xlsx,.json" onChange={({ target }) => { drop(pick(target.files?.[0])); target.value = ''; }} /></label>
          {fault !== '' && <Alert type="error" showIcon role="alert" title={t('catalogue.import.fault')} description={<span className="import-fault">{fault}</span>} />}
          {rows !== null && rows.length === 0 && <Nothing words={t('catalogue.import.empty')} />}
          {rows !== null && rows.length > 0 && (
            <>
              <Table<ImportRow> rowKey="code" size="small" columns={COLUMNS} dataSource={[...rows]} pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
                rowSelection={{ columnWidth: 40, selectedRowKeys: [...chosen], onChange: (keys: RowKey[]) => setChosen(keys.map(String)), getCheckboxProps: ({ name, what }) => ({ 'aria-label': name, disabled: what !== 'new' && what !== 'changed' }) }} />
              <p className="import-buttons"><Button type="primary" loading={busy} disabled={chosen.length === 0} onClick={() => drop(take())}>{t('catalogue.import.take', { count: chosen.length })}</Button></p>
            </>
          )}
        </section>
      )}
    </div>
  );
}

const TONES: Readonly<Record<ImportRow['what'], string>> = { new: 'good', changed: 'soon', same: 'none', drafted: 'late', unreadable: 'late' };
const COLUMNS: TableColumnsType<ImportRow> = [
  { title: t('catalogue.column.name'), dataIndex: 'name', render: (_, row) => <span className="item-link"><strong>{row.name}</strong><small className="number">{row.code}</small></span> },
  { title: t('catalogue.import.what'), dataIndex: 'what', width: 160, render: (_, row) => <span className="mark" data-tone={TONES[row.what]}>{t(`catalogue.import.${row.what}`)}</span> },
  { title: t('catalogue.import.changes'), dataIndex: 'changes', width: 110, align: 'right', render: (_, row) => (row.changes === 0 ? '—' : row.changes) },
  { title: t('catalogue.findings'), dataIndex: 'findings', render: (_, row) => { const open = row.findings.filter(({ answered }) => !answered); return open.length === 0 ? <span className="mark" data-tone="good">{t('catalogue.finding.none')}</span> : <details><summary>{t('catalogue.import.findings', { count: open.length })}</summary><ul>{open.map(({ kind, path, words }) => <li key={`${kind} ${path}`}>{words}</li>)}</ul></details>; } },
];

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  // In pieces: a call takes so many arguments only.
  for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return btoa(text);
}
