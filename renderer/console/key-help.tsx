import { Modal, Switch } from 'antd';
import type { ReactNode } from 'react';
import { KEYS, keyName, type Scope, useSingleKeys } from './keys.ts';
import { t, type TextKey, word } from './texts.ts';

/** In columns of about one length. */
const COLUMNS: readonly (readonly { scope: Scope | 'dialog'; title: TextKey }[])[] = [
  [{ scope: 'inbox', title: 'keys.inbox' }, { scope: 'everywhere', title: 'keys.everywhere' }, { scope: 'cards', title: 'keys.cards' }], [{ scope: 'case', title: 'keys.case' }, { scope: 'dialog', title: 'keys.dialog' }], [{ scope: 'scan', title: 'keys.scan' }, { scope: 'desk', title: 'keys.desk' }, { scope: 'catalogue', title: 'keys.catalogue' }],
];

/** Every key there is, from the same table that the screens obey. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const [on, setOn] = useSingleKeys();
  return (
    <Modal open={open} title={t('keys.title')} width={1000} centered onCancel={onClose} onOk={onClose} okText={t('keys.close')} cancelButtonProps={{ style: { display: 'none' } }}>
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

function ScopeKeys({ scope }: { scope: Scope }): ReactNode {
  return (
    <>
      {KEYS.filter((row) => row.scope === scope).map((row) => (
        <li key={row.command}>
          <span>{word('key', row.command)}</span>
          <span>{row.keys.filter((key) => key !== '？').map((key) => <kbd className="key" key={key}>{keyName(key)}</kbd>)}</span>
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
