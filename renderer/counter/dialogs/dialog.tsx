import { type ReactNode, useEffectEvent, useId, useLayoutEffect, useRef } from 'react';
import type { Act } from '../act.tsx';
import { digitOf, keyName } from '../keys.ts';
import { t } from '../texts.ts';
import { isTyping } from '../use-keys.ts';

/**
 * A dialog over the page, which keeps all keys to itself. It has the focus where `data-first` stands. Digits press what has `data-digit`, unless something is typed. While its wish is under way it stays; Esc
 * then gives the wish up where it is brought again.
 * @param act whose wish it brings; null: none
 */
export function Dialog({ title, act, wide = false, onClose, children }: { title: string; act: Act | null; wide?: boolean; onClose: () => void; children: ReactNode }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => element?.close();
  }, []);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.code === 'Escape' && !event.isComposing) {
      event.preventDefault();
      if (act?.stand.kind === 'again') act.giveUp();
      else if (act?.busy !== true) onClose();
      return;
    }
    if ((event.code === 'Enter' || event.code === 'NumpadEnter') && (event.repeat || act?.busy === true)) return event.preventDefault();
    const digit = isTyping(event.target) ? null : digitOf(event);
    const chosen = digit === null ? undefined : dialog.current?.querySelectorAll<HTMLElement>('[data-digit]')[digit];
    if (chosen === undefined) return;
    event.preventDefault();
    if (act?.busy === true) return;
    chosen.focus();
    chosen.click();
  });
  useLayoutEffect(() => {
    const element = dialog.current;
    const listen = (event: KeyboardEvent) => onKey(event);
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby={id} data-wide={wide} onCancel={(event) => event.preventDefault()}>
      <h2 id={id}>{title}</h2>
      {children}
      {act !== null && <DialogStand act={act} />}
    </dialog>
  );
}

/** What becomes of the dialog's wish, where the eyes are. */
function DialogStand({ act }: { act: Act }): ReactNode {
  const words = act.stand.kind === 'again' ? `${t(`again.title.${act.stand.why}`)}　Esc ${t('again.give-up')}` : act.busy ? act.doing : act.said?.tone === 'bad' ? act.said.words : '';
  return <p className="dialog-stand" role="alert" data-tone={act.busy && act.stand.kind !== 'again' ? 'plain' : 'bad'}>{words}</p>;
}

/** One deed a choice, each under its digit. */
export function Choices<Key extends string>({ choices, busy, onChoose }: { choices: readonly { key: Key; words: string }[]; busy: boolean; onChoose: (key: Key) => void }): ReactNode {
  return (
    <ul className="choices">
      {choices.map(({ key, words }, index) => (
        <li key={key}><button type="button" className="button" data-digit {...(index === 0 ? { 'data-first': true } : {})} aria-disabled={busy} onClick={() => !busy && onChoose(key)}>{words}<kbd>{keyName(`Digit${index + 1}`)}</kbd></button></li>
      ))}
    </ul>
  );
}

/** One of several, each under its digit where `digits` stands. */
export function Radios<Key extends string>({ name, legend, options, value, digits = false, first = false, onChange }: { name: string; legend: string; options: readonly { key: Key; words: string }[]; value: Key; digits?: boolean; first?: boolean; onChange: (key: Key) => void }): ReactNode {
  return (
    <fieldset className="radios">
      <legend>{legend}</legend>
      {options.map(({ key, words }, index) => (
        <label key={key} data-chosen={key === value}>
          <input type="radio" name={name} value={key} checked={key === value} onChange={() => onChange(key)} {...(digits ? { 'data-digit': true } : {})} {...(first && key === value ? { 'data-first': true } : {})} />
          <span>{words}</span>
          {digits && index < 9 && <kbd>{index + 1}</kbd>}
        </label>
      ))}
    </fieldset>
  );
}

/** The foot of a form in a dialog. */
export function Buttons({ submit, busy, onClose }: { submit: string; busy: boolean; onClose: () => void }): ReactNode {
  return (
    <div className="dialog-buttons">
      <button type="button" className="button" onClick={() => !busy && onClose()}>{t('dialog.cancel')}<kbd>Esc</kbd></button>
      <button type="submit" className="button" data-kind="main" aria-disabled={busy}>{submit}<kbd>Enter</kbd></button>
    </div>
  );
}
