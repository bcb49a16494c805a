import { type ReactNode, useState } from 'react';
import type { FormValues } from '../../../domain/action/payload.ts';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import type { Scanned } from '../../../domain/contracts/window.ts';
import { checkForm } from '../../../domain/item/form.ts';
import { fieldAt } from '../../../domain/item/rows.ts';
import { t } from '../texts.ts';
import { FormFields } from '../window/form-fields.tsx';
import { MaterialRow } from '../window/materials.tsx';
import { hashesOf, isUnderWay, scanDesk, type Scans, usePastedFiles } from '../window/scans.ts';
import '../window/window.css';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';

/** 补正 at the window: what was asked for stands here and nothing else; what is not brought today may be left. */
export function SupplementDialog({ opened: { item, form, row, correction }, confirm, onClose }: { opened: ConsoleCase; confirm: (brought: { form: FormValues; materials: Scanned[] }) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const asks = correction ?? [];
  const [values, setValues] = useState(form);
  const [scans, setScans] = useState<Scans>({});
  const [trust, setTrust] = useState<Readonly<Record<string, Scanned['trust']>>>({});
  const askedFields = new Set(asks.flatMap(({ target, key }) => (target === 'form' ? [key] : [])));
  const askedMaterials = asks.filter(({ target }) => target === 'material');
  const [here, setHere] = useState(askedMaterials[0]?.key ?? '');
  const desk = scanDesk(row.id, setScans);
  usePastedFiles((files) => here !== '' && desk.add(here, files));

  const changed = [...askedFields].filter((name) => (values[name] ?? null) !== (form[name] ?? null));
  const checked = checkForm(item.form, values);
  const errors = checked.ok ? {} : Object.fromEntries(Object.entries(checked.error.errors).filter(([name]) => askedFields.has(name)));
  const materials = askedMaterials.flatMap(({ key }) => {
    const pages = hashesOf(scans, key);
    return pages.length === 0 ? [] : [{ key, trust: trust[key] ?? 'B' as const, pages }];
  });
  const count = changed.length + materials.length;
  const lacks = isUnderWay(scans) ? t('supplement.uploading') : !checked.ok ? t('edit.wrong') : count === 0 ? t('supplement.nothing') : '';
  const left = asks.length - count;
  const nameOf = (key: string) => item.materials.find((material) => material.key === key)?.name ?? t('case.unnamed', { key });
  return (
    <ConfirmDialog
      title={t('supplement.title')}
      ok={t('supplement.ok', { count })}
      width={860}
      lacks={lacks}
      citizenSees={<p>{t('supplement.sees')}{count > 0 && left > 0 && <strong>{t('supplement.left', { count: left })}</strong>}</p>}
      clock={<p>{t('supplement.clock')}</p>}
      confirm={() => confirm({ form: Object.fromEntries(changed.map((name) => [name, checked.ok ? checked.value[name] ?? null : null])), materials })}
      onClose={onClose}
    >
      <ul className="supplement-asks">{asks.map(({ target, key, words }) => <li key={`${target}/${key}`}><strong>{target === 'form' ? fieldAt(item.form, key)?.label ?? key : nameOf(key)}</strong>{words}</li>)}</ul>
      <div data-first>
        {askedFields.size > 0 && <div className="edit-form"><FormFields form={item.form} values={values} errors={errors} only={askedFields} changed={new Set(changed)} onChange={(next) => setValues({ ...values, ...next })} /></div>}
        {askedMaterials.map(({ key }) => (
          <MaterialRow
            key={key}
            handed={{ key, name: nameOf(key), required: false, note: '', scans: scans[key] ?? [], trust: trust[key] ?? 'B', wrong: '' }}
            here={here === key}
            onHere={() => setHere(key)}
            onFiles={(files) => desk.add(key, files)}
            onDrop={(page) => desk.remove(key, page)}
            onTrust={(level) => setTrust({ ...trust, [key]: level })}
          />
        ))}
      </div>
    </ConfirmDialog>
  );
}
