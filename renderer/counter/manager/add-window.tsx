import { type ReactNode, type SubmitEvent, useState } from 'react';
import { t } from '../texts.ts';
import { wholeNumber } from '../words.ts';

/** A window that there is not yet, by its number. It has no business at first. */
export function AddWindow({ taken, onAdd }: { taken: readonly number[]; onAdd: (number: number) => void }): ReactNode {
  const [typed, setTyped] = useState('');
  const [fault, setFault] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const number = wholeNumber(typed, 1, 99);
    if (number === null || taken.includes(number)) return setFault(t('arrange.add.wrong'));
    setFault('');
    setTyped('');
    onAdd(number);
  };
  return (
    <form className="arrange-row" aria-label={t('arrange.add')} onSubmit={submit}>
      <label>{t('arrange.add.number')}<input value={typed} maxLength={2} inputMode="numeric" autoComplete="off" onChange={(event) => setTyped(event.target.value)} /></label>
      <button type="submit" className="button">{t('arrange.add.submit')}</button>
      <span className="form-fault" role="alert">{fault}</span>
    </form>
  );
}
