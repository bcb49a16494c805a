import type { ReactNode } from 'react';
import { KEYS, keyName, type KeyRow } from '../keys.ts';
import { useHere } from '../road.ts';
import { t } from '../texts.ts';
import { useSingleKeys } from '../use-keys.ts';
import { Dialog } from './dialog.tsx';

const GROUPS: readonly KeyRow['group'][] = ['in-hand', 'about', 'desk', 'page', 'manager'];

/** Every key there is, from the same table that the page obeys. */
export function HelpDialog({ onClose }: { onClose: () => void }): ReactNode {
  const [on, setOn] = useSingleKeys();
  const { road, session } = useHere();
  return (
    <Dialog title={t('help.title')} act={null} wide onClose={onClose}>
      <div className="help">
        {GROUPS.filter((group) => group !== 'manager' || session.role === 'manager').map((group) => (
          <section key={group}>
            <h3>{t(`help.${group}`)}</h3>
            <ul>{KEYS.filter((row) => row.group === group).map(({ command, codes }) => <li key={command}><span>{t(`command.${command}`)}</span><span>{codes.map((code) => <kbd key={code}>{keyName(code)}</kbd>)}</span></li>)}</ul>
          </section>
        ))}
      </div>
      <p>{t('undo.words')}</p>
      <p className="faint">{t('help.ime')}</p>
      <label className="help-switch"><input type="checkbox" checked={on} onChange={(event) => setOn(event.target.checked)} /><span><strong>{t('help.on')}</strong> {t('help.on.words')}</span></label>
      {road.ring.all().length > 1 && <p className="faint">{t('help.machines')}{road.ring.all().map((origin) => `${origin}/counter/`).join('　')}</p>}
      <div className="dialog-buttons"><button type="button" className="button" data-kind="main" data-first onClick={onClose}>{t('dialog.close')}<kbd>Enter</kbd></button></div>
    </Dialog>
  );
}
