import { Modal, Switch } from 'antd';
import type { ReactNode } from 'react';
import { KEYS, keyName, type Scope, useSingleKeys } from './keys.ts';
import { t, type TextKey, word } from './texts.ts';

/** In columns of about one length. */
const COLUMNS: readonly (readonly { scope: Scope | 'dialog'; title: TextKey }[])[] = [
  [{ scope: 'inbox', title: 'keys.inbox' }], [{ scope: 'case', title: 'keys.case' }], [{ scope: 'more', title: 'keys.more' }, { scope: 'window', title: 'keys.window' }, { scope: 'cards', title: 'keys.cards' }], [{ scope: 'scan', title: 'keys.scan' }, { scope: 'desk', title: 'keys.desk' }, { scope: 'catalogue', title: 'keys.catalogue' }, { scope: 'everywhere', title: 'keys.everywhere' }, { scope: 'dialog', title: 'keys.dialog' }],
];

/** Every key there is, from the same table that the screens obey. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const [on, setOn] = useSingleKeys();
  return (
    <Modal open={open} title={t('keys.title')} width={1240} centered onCancel={onClose} onOk={onClose} okText={t('keys.close')} cancelButtonProps={{ style: { display: 'none' } }}>
      <div className="keys">
        {COLUMNS.map((groups) => (
          <div key={groups[0]?.scope}>
            {groups.map(({ scope, title }) => <section key={scope}><h3>{t(title)}</h3><ul>{scope === 'dialog' ? <DialogKeys /> : <ScopeKeys scope={scope} />}</ul></section>)}
          </div>
        ))}
      </div>
      <label className="keys-switch">
        <Switch checked={on} onChange={setOn} aria-label={t('keys.on')} />
        <span><strong>{t('keys.on')}</strong>{t('keys.on.words')}</span>
      </label>
    </Modal>
  );
}

/** The digits stand for each other. */
function capsOf(keys: readonly string[]): readonly string[] {
  return keys.length > 4 ? [`${keys[0] ?? ''}–${keys.at(-1) ?? ''}`] : keys.filter((key) => key !== '？');
}

function ScopeKeys({ scope }: { scope: Scope }): ReactNode {
  return (
    <>
      {KEYS.filter((row) => row.scope === scope).map((row) => (
        <li key={row.command}>
          <span>{word('key', row.command)}</span>
          <span>{capsOf(row.keys).map((key) => <kbd className="key" key={key}>{keyName(key)}</kbd>)}</span>
        </li>
      ))}
      {scope === 'inbox' && <li><span>{t('key.open')}</span><kbd className="key">Enter</kbd></li>}
    </>
  );
}

function DialogKeys(): ReactNode {
  return (
    <>
      <li><span>{t('key.confirm')}</span><span><kbd className="key">Ctrl</kbd><kbd className="key">Enter</kbd></span></li>
      <li><span>{t('key.leave')}</span><kbd className="key">Esc</kbd></li>
    </>
  );
}
