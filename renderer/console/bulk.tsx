import { Alert, Button, Modal, Progress } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { drop } from '../../domain/result.ts';
import { csvLine, BYTE_ORDER_MARK } from '../../domain/csv.ts';
import type { Hall } from './hall.ts';
import { Key } from './parts.tsx';
import type { InboxRoute } from './route.ts';
import { useSession } from './session.tsx';
import { t, word } from './texts.ts';
import { type DeskRow, readList } from './use-inbox.ts';

/** How one row of a bulk came out. */
type Outcome = { row: DeskRow; fault: string };

/** The same deed on many cases, one after the other: how far it is, a way to stop, and what became of each. The hall judges each as if it were alone. */
export function Bulk({ title, rows, act, onClose }: { title: string; rows: readonly DeskRow[]; act: (hall: Hall, row: DeskRow) => ReturnType<Hall['accept']>; onClose: (done: readonly string[]) => void }): ReactNode {
  const { ask } = useSession();
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const [over, setOver] = useState(false);
  const stopped = useRef(false);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    drop((async () => {
      for (const row of rows) {
        if (stopped.current) break;
        const answer = await ask((hall) => act(hall, row));
        const fault = !answer.ok ? (answer.error.kind === 'away' ? 'unclear' : answer.error.kind) : answer.value.ok ? '' : answer.value.error.kind;
        setOutcomes((before) => [...before, { row, fault }]);
        // Without the hall the rest would only fail as well.
        if (!answer.ok) break;
      }
      setOver(true);
    })());
  }, [rows, act, ask]);
  const failed = outcomes.filter(({ fault }) => fault !== '');
  const done = outcomes.filter(({ fault }) => fault === '').map(({ row }) => row.id);
  return (
    <Modal open title={title} width={640} centered mask={{ closable: false }} keyboard={over} closable={over} onCancel={() => onClose(done)} footer={over ? <Button autoFocus type="primary" onClick={() => onClose(done)}>{t('bulk.close')}<Key name="↵" /></Button> : <Button onClick={() => (stopped.current = true)}>{t('bulk.stop')}</Button>}>
      <div className="bulk">
        <Progress aria-label={title} percent={Math.round((100 * outcomes.length) / Math.max(rows.length, 1))} status={failed.length > 0 ? 'exception' : over ? 'success' : 'active'} />
        <p role="status">{t('bulk.count', { done: done.length, failed: failed.length, left: rows.length - outcomes.length })}</p>
        <ul>{failed.map(({ row, fault }) => <li key={row.id}><strong>{row.number}</strong> {row.person}：{word('act', fault)}</li>)}</ul>
      </div>
    </Modal>
  );
}

/** Rows asked for at a time. */
const EXPORT_PAGE = 100;

/**
 * A list as a table for spreadsheets, page by page: the hall records each page as read. The file is made in this window and only when the clerk keeps it.
 * @param props.rows the rows that were marked; null: the whole list
 */
export function Export({ list, rows, onClose }: { list: InboxRoute; rows: readonly DeskRow[] | null; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const [count, setCount] = useState(0);
  const [file, setFile] = useState('');
  const [fault, setFault] = useState('');
  const stopped = useRef(false);
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    drop((async () => {
      const lines = [BYTE_ORDER_MARK + csvLine(['number', 'item', 'person', 'stage', 'handed-in', 'due', 'claimed'].map((column) => word('inbox.column', column)))];
      let total = 0;
      const add = (page: readonly DeskRow[]) => {
        lines.push(...page.map(lineOf));
        total += page.length;
        setCount(total);
      };
      if (rows !== null) add(rows);
      for (let after = ''; rows === null && !stopped.current; ) {
        const answer = await readList(ask, list, after, EXPORT_PAGE);
        if (!answer.ok) return setFault(t('export.failed'));
        add(answer.value.rows);
        after = answer.value.next;
        if (after === '') break;
      }
      setFile(URL.createObjectURL(new Blob(lines, { type: 'text/csv;charset=utf-8' })));
    })());
  }, [ask, list, rows]);
  // What was read stays in memory no longer than its window.
  useEffect(() => () => URL.revokeObjectURL(file), [file]);
  return (
    <Modal open title={t('export.title')} width={520} centered mask={{ closable: false }} onCancel={onClose} footer={file === '' && fault === '' ? <Button onClick={() => (stopped.current = true)}>{t('bulk.stop')}</Button> : <Button onClick={onClose}>{t('bulk.close')}</Button>}>
      <div className="bulk">
        {fault !== '' && <Alert type="error" showIcon title={fault} role="alert" />}
        <p role="status">{t(file === '' ? 'export.reading' : 'export.ready', { count })}</p>
        {file !== '' && <p><Button type="primary" autoFocus href={file} download={t('export.name', { list: word('stage', list.stage) })}>{t('export.save')}<Key name="↵" /></Button></p>}
        <p className="faint">{t('export.recorded')}</p>
      </div>
    </Modal>
  );
}

function lineOf(row: DeskRow): string {
  return csvLine([row.number, row.itemName, row.person, word('stage', row.stage), row.handedInAt, row.task?.dueBy ?? row.promisedBy ?? '', row.claimedBy ?? '']);
}
