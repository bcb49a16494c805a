import { Modal } from 'antd';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { commandOf, hintOf, keyName, KEYS } from '../keys.ts';
import { Key } from '../parts.tsx';
import { t, word } from '../texts.ts';
import { type Deed, isRare } from './deeds.ts';

/** Something else that can be had of a case, such as a paper to print: it stands below the deeds under a digit. */
export type MoreEntry = { name: string; start: () => void };

/** The letter under which a rare deed stands in the menu. */
function letterOf(deed: Deed): string {
  return keyName(KEYS.find(({ scope, command }) => scope === 'more' && command === deed)?.keys[0] ?? '');
}

/** The rare deeds that stand open now, each under its letter: one key opens the menu, one more begins the deed. */
export function MoreMenu({ deeds, entries, onDeed, onClose }: { deeds: readonly Deed[]; entries: readonly MoreEntry[]; onDeed: (deed: Deed) => void; onClose: () => void }): ReactNode {
  const rare = deeds.filter(isRare);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const command = commandOf(event, ['more']);
    const deed = rare.find((one) => one === command);
    const entry = entries[Number(event.key) - 1];
    if (deed === undefined && entry === undefined) return;
    event.preventDefault();
    if (deed !== undefined) onDeed(deed);
    else entry?.start();
  });
  // Wherever the focus is while the dialog opens: the second key often comes before it has settled.
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <Modal open title={t('more.title')} width={420} centered footer={null} onCancel={onClose}>
      <ul className="more">
        {rare.length + entries.length === 0 && <li className="faint">{t('more.none')}</li>}
        {rare.map((deed, index) => <li key={deed}><button type="button" autoFocus={index === 0} onClick={() => onDeed(deed)}>{word('act', deed)}<Key name={letterOf(deed)} /></button></li>)}
        {entries.map(({ name, start }, index) => <li key={`${index} ${name}`}><button type="button" onClick={start}>{name}<Key name={String(index + 1)} /></button></li>)}
      </ul>
      <p className="faint">{t('more.words', { key: hintOf('more') })}</p>
    </Modal>
  );
}
