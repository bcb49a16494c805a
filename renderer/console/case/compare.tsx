import { Button, Modal } from 'antd';
import type { ReactNode } from 'react';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { visibleFields } from '../../../domain/item/form.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { err, ok } from '../../../domain/result.ts';
import { useNow } from '../clock.ts';
import { Failed, Key, Loading } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { machineWords, momentWords, valueWords } from '../words.ts';

/** A case of the same person and item beside this one: what differs is marked. @property onReturn begins giving this one back, when it is the later */
export function Compare({ opened, other, onOpen, onReturn, onClose }: { opened: ConsoleCase; other: CaseId; onOpen: () => void; onReturn: ((reason: string) => void) | null; onClose: () => void }): ReactNode {
  const { ask } = useSession();
  const now = useNow();
  const [answer, again] = useAnswer(`compare/${other}`, async () => {
    const got = await ask((hall) => hall.open({ id: other }));
    if (!got.ok) return got;
    return got.value.ok ? ok(got.value.value as ConsoleCase) : err({ kind: 'unknown-case' as const });
  });
  const beside = answer.kind === 'here' ? answer.value : null;
  const isLater = beside !== null && opened.row.handedInAt > beside.row.handedInAt;
  return (
    <Modal
      open
      title={t('compare.title')}
      width={1040}
      centered
      onCancel={onClose}
      footer={[
        <Button key="leave" onClick={onClose}>{t('act.cancel')}<Key name="Esc" /></Button>,
        <Button key="open" disabled={beside === null} onClick={onOpen}>{t('compare.open')}</Button>,
        ...(onReturn !== null && isLater ? [<Button key="return" danger type="primary" autoFocus onClick={() => onReturn(t('compare.reason', { number: beside.row.number, item: opened.item.name }))}>{t('compare.return')}</Button>] : []),
      ]}
    >
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {beside !== null && (
        <div className="compare" tabIndex={0} role="group" aria-label={t('compare.title')}>
          <table>
            <thead><tr><th scope="col">{t('compare.what')}</th><th scope="col">{t('compare.this', { number: opened.row.number })}</th><th scope="col">{t('compare.other', { number: beside.row.number })}</th></tr></thead>
            <tbody>{rowsOf(opened, beside, now).map(({ name, one, two }) => <tr key={name} data-differs={one !== two}><th scope="row">{name}{one !== two && <span className="mark" data-tone="soon">≠ {t('compare.differs')}</span>}</th><td>{one}</td><td>{two}</td></tr>)}</tbody>
          </table>
        </div>
      )}
    </Modal>
  );
}

function rowsOf(one: ConsoleCase, two: ConsoleCase, now: number): { name: string; one: string; two: string }[] {
  const both = (name: string, tell: (opened: ConsoleCase) => string) => ({ name, one: tell(one), two: tell(two) });
  const shown = [one, two].flatMap(({ form }) => visibleFields(one.item.form, form)).map((field) => [field.name, field] as const);
  const answers = [...new Map(shown).values()].filter(({ name }) => one.form[name] !== undefined || two.form[name] !== undefined);
  return [
    both(t('inbox.column.stage'), ({ row }) => word('stage', row.stage)),
    both(t('inbox.column.handed-in'), ({ row }) => `${momentWords(row.handedInAt, now)} ${machineWords(row.machine)}`),
    both(t('applicant.name'), ({ applicant }) => applicant.name),
    both(t('applicant.phone'), ({ applicant }) => applicant.phone),
    both(t('applicant.address'), ({ applicant }) => applicant.address),
    ...answers.map((field) => both(field.label, ({ form }) => valueWords(field, form[field.name]))),
    ...one.item.materials.map(({ key, name }) => both(name, ({ materials }) => {
      const handed = materials.find((material) => material.key === key);
      return handed === undefined ? t('case.not-handed-in') : t('case.pages', { count: handed.pages.length });
    })),
  ];
}
