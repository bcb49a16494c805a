import { type ReactNode, useState } from 'react';
import type { FormValues } from '../../../domain/action/payload.ts';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { checkForm } from '../../../domain/item/form.ts';
import { fieldAt } from '../../../domain/item/rows.ts';
import { t } from '../texts.ts';
import { FormFields } from '../window/form-fields.tsx';
import { valueWords } from '../words.ts';
import { Reason } from './clock-dialogs.tsx';
import { ConfirmDialog, type Fault } from './confirm-dialog.tsx';

/** 更正: a slip of the pen is put right in the form itself; the applicant sees what and why, and what they signed stays in the hand-in. */
export function EditDialog({ opened: { item, form }, confirm, onClose }: { opened: ConsoleCase; confirm: (changed: FormValues, reason: string) => Promise<Fault | null>; onClose: () => void }): ReactNode {
  const [values, setValues] = useState(form);
  const [reason, setReason] = useState('');
  const names = Object.keys(values).filter((name) => (values[name] ?? null) !== (form[name] ?? null));
  const checked = checkForm(item.form, values);
  // What was wrong before is not this correction's matter.
  const errors = checked.ok ? {} : Object.fromEntries(Object.entries(checked.error.errors).filter(([name]) => names.includes(name)));
  const changed = Object.fromEntries(names.map((name) => [name, checked.ok ? checked.value[name] ?? null : values[name] ?? null]));
  const lacks = names.length === 0 ? t('edit.nothing') : Object.keys(errors).length > 0 ? t('edit.wrong') : reason.trim() === '' ? t('reason.needed') : '';
  const field = (name: string) => fieldAt(item.form, name);
  return (
    <ConfirmDialog
      title={t('edit.title')}
      ok={t('edit.ok', { count: names.length })}
      width={860}
      lacks={lacks}
      citizenSees={names.length === 0 ? <p>{t('edit.sees')}</p> : names.map((name) => {
        const one = field(name);
        return one === null ? null : <p key={name} className="moved"><span>{one.label}</span><del>{valueWords(one, form[name])}</del><strong>{valueWords(one, values[name])}</strong></p>;
      })}
      confirm={() => confirm(changed, reason.trim())}
      onClose={onClose}
    >
      <div className="edit-form"><FormFields form={item.form} values={values} errors={errors} changed={new Set(names)} onChange={(next) => setValues({ ...values, ...next })} /></div>
      <Reason label={t('reason.sees')} value={reason} onChange={setReason} />
    </ConfirmDialog>
  );
}
