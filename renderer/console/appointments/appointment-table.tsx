import { Button, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import type { AppointmentRow } from '../../../domain/contracts/appointments.ts';
import { ConfirmDialog } from '../case/confirm-dialog.tsx';
import { useNow } from '../clock.ts';
import { useDeed } from '../desk/deed.ts';
import { t, word } from '../texts.ts';
import { clockWords, dayWords } from '../words.ts';
import { civilDate } from '../../../domain/calendar/civil-date.ts';
import { MoveDialog } from './book-dialog.tsx';

type Deed = { name: 'cancel' | 'move' | 'missed' | 'came'; row: AppointmentRow };
const TONES: Readonly<Partial<Record<AppointmentRow['state'], string>>> = { kept: 'good', 'no-show': 'late', unsettled: 'soon' };

/** Appointments, and what may be done about each. Who comes is shown masked. @param withDay of one person: over many days */
export function AppointmentTable({ rows, withDay = false, onChanged }: { rows: readonly AppointmentRow[]; withDay?: boolean; onChanged: () => void }): ReactNode {
  const now = useNow();
  const [deed, setDeed] = useState<Deed | null>(null);
  const done = () => {
    setDeed(null);
    onChanged();
  };
  const columns: TableColumnsType<AppointmentRow> = [
    { title: t('apt.time'), key: 'time', width: withDay ? 220 : 130, render: (_, { from, until }) => <span className="number">{withDay && `${dayWords(civilDate(Date.parse(from)), now)} `}{clockWords(from)}–{clockWords(until)}</span> },
    { title: t('apt.number'), dataIndex: 'number', width: 104, render: (number: string) => <span className="number">{number}</span> },
    { title: t('apt.business'), key: 'business', width: 210, render: (_, { name, site }) => <div className="stacked"><span>{name}</span><small className="faint">{site}</small></div> },
    { title: t('apt.holder'), key: 'holder', width: 220, render: (_, row) => <Holder row={row} /> },
    { title: t('apt.state'), key: 'state', width: 110, render: (_, { state, ticket }) => <div className="stacked"><span className="mark" data-tone={TONES[state]}>{word('apt.state', state)}</span>{ticket !== null && <small className="faint">{t('apt.ticket', { ticket })}</small>}</div> },
    { title: t('apt.way'), key: 'way', width: 96, render: (_, { way }) => word('apt.way', way) },
    { title: t('apt.deeds'), key: 'deeds', width: 190, render: (_, row) => <Deeds row={row} now={now} onDeed={(name) => setDeed({ name, row })} /> },
  ];
  return (
    <>
      <div className="figures-table" role="region" aria-label={t('apt.table')} tabIndex={0}><Table<AppointmentRow> rowKey="id" size="small" pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false} columns={columns} dataSource={[...rows]} /></div>
      {deed?.name === 'move' && <MoveDialog row={deed.row} onDone={done} onClose={() => setDeed(null)} />}
      {deed?.name === 'cancel' && <CancelDialog row={deed.row} onDone={done} onClose={() => setDeed(null)} />}
      {(deed?.name === 'came' || deed?.name === 'missed') && <SettleDialog row={deed.row} came={deed.name === 'came'} onDone={done} onClose={() => setDeed(null)} />}
    </>
  );
}

function Holder({ row: { holder: { name, card, phone } } }: { row: AppointmentRow }): ReactNode {
  if (card === '' && phone === '') return <span className="faint">{t('apt.forgotten')}</span>;
  return <div className="stacked"><span>{name === '' ? t('apt.no-name') : name}</span><small className="number faint">{[card, phone].filter((part) => part !== '').join('　')}</small></div>;
}

/** What a row allows: before its time it is changed, from its beginning on it is said whether somebody came. */
function Deeds({ row, now, onDeed }: { row: AppointmentRow; now: number; onDeed: (name: Deed['name']) => void }): ReactNode {
  const begun = Date.parse(row.from) <= now;
  const open = row.state === 'booked' || row.state === 'unsettled' || row.state === 'no-show';
  const names: Deed['name'][] = row.mayChange ? ['move', 'cancel'] : open && begun ? (row.state === 'no-show' ? ['came'] : ['came', 'missed']) : [];
  return <span className="apt-deeds">{names.map((name) => <Button key={name} size="small" aria-label={`${t(`apt.${name}`)} ${row.number}`} onClick={() => onDeed(name)}>{t(`apt.${name}`)}</Button>)}</span>;
}

type DialogProps = { row: AppointmentRow; onDone: () => void; onClose: () => void };

function CancelDialog({ row, onDone, onClose }: DialogProps): ReactNode {
  const deed = useDeed((kind) => word('apt.fault', kind), onDone);
  return <ConfirmDialog title={t('apt.cancel.title', { number: row.number })} ok={t('apt.cancel.ok')} danger confirm={() => deed((hall) => hall.cancelAppointment({ id: row.id }))} onClose={onClose}><p>{t('apt.cancel.words')}</p></ConfirmDialog>;
}

function SettleDialog({ row, came, onDone, onClose }: DialogProps & { came: boolean }): ReactNode {
  const deed = useDeed((kind) => word('apt.fault', kind), onDone);
  const words = came ? { title: `${t('apt.came')} ${row.number}`, ok: t('apt.came') } : { title: `${t('apt.missed.title')} ${row.number}`, ok: t('apt.missed.ok') };
  return <ConfirmDialog {...words} danger={!came} confirm={() => deed((hall) => hall.settleAppointment({ id: row.id, came }))} onClose={onClose}><p>{t('apt.missed.words')}</p></ConfirmDialog>;
}
