import { Modal, Switch } from 'antd';
import type { ReactNode } from 'react';
import { Key } from './parts.tsx';
import { KEYS, keyName, type Scope, useSingleKeys } from './keys.ts';
import { t, type TextKey, word } from './texts.ts';

const GROUPS: readonly { scope: Scope; title: TextKey }[] = [
  { scope: 'inbox', title: 'keys.inbox' }, { scope: 'case', title: 'keys.case' }, { scope: 'scan', title: 'keys.scan' }, { scope: 'everywhere', title: 'keys.everywhere' },
];

/** Every key there is, from the same table that the screens obey. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }): ReactNode {
  const [on, setOn] = useSingleKeys();
  return (
    <Modal open={open} title={t('keys.title')} width={760} onCancel={onClose} onOk={onClose} okText={t('keys.close')} cancelButtonProps={{ style: { display: 'none' } }}>
      <div className="keys">
        {GROUPS.map(({ scope, title }) => (
          <section key={scope}>
            <h3>{t(title)}</h3>
            <ul>
              {KEYS.filter((row) => row.scope === scope).map((row) => (
                <li key={row.command}>
                  <span>{word('key', row.command)}</span>
                  <span>{row.keys.filter((key) => key !== '？').map((key) => <kbd className="key" key={key}>{keyName(key)}</kbd>)}</span>
                </li>
              ))}
              {scope === 'inbox' && <li><span>{t('key.open')}</span><kbd className="key">Enter</kbd></li>}
            </ul>
          </section>
        ))}
        <section>
          <h3>{t('keys.dialog')}</h3>
          <ul>
            <li><span>{t('key.confirm')}</span><span><Key name="Ctrl" /><Key name="Enter" /></span></li>
            <li><span>{t('key.leave')}</span><Key name="Esc" /></li>
          </ul>
        </section>
      </div>
      <label className="keys-switch">
        <Switch checked={on} onChange={setOn} aria-label={t('keys.on')} />
        <span><strong>{t('keys.on')}</strong>{t('keys.on.words')}</span>
      </label>
    </Modal>
  );
}
