import { App, Button, InputNumber, Table, type TableColumnsType } from 'antd';
import { type ReactNode, useState } from 'react';
import { drop } from '../../../domain/result.ts';
import { mayCall } from '../../../domain/staff/rights.ts';
import type { Hall } from '../hall.ts';
import { Failed, Loading } from '../parts.tsx';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';

type Setting = Awaited<ReturnType<Hall['settings']>>[number];

/** Limits and switches that the county sets: seen by all, changed by who watches over the service. */
export function SettingsView(): ReactNode {
  const { ask, me } = useSession();
  const [answer, again] = useAnswer('settings', () => ask((hall) => hall.settings()));
  const may = mayCall(me.role, 'changeSetting');
  return (
    <section className="desk-sheet" aria-labelledby="settings-title">
      <header><h1 id="settings-title">{t('settings.title')}</h1><p>{t('settings.words')}</p></header>
      {answer.kind === 'loading' && <Loading />}
      {answer.kind === 'failed' && <Failed kind={answer.failure.kind} onRetry={again} />}
      {answer.kind === 'here' && <Table<Setting> className="settings" rowKey="name" size="middle" pagination={false} columns={columns(may, again)} dataSource={answer.value} />}
    </section>
  );
}

function columns(may: boolean, again: () => void): TableColumnsType<Setting> {
  return [
    { title: t('settings.name'), dataIndex: 'name', render: (name: string) => word('setting', name) },
    { title: t('settings.value'), key: 'value', width: 240, render: (_, setting) => (may ? <Editor key={setting.value} setting={setting} onDone={again} /> : <span className="number">{setting.value} {setting.unit}</span>) },
    { title: t('settings.fallback'), key: 'fallback', width: 140, render: (_, { fallback, unit }) => <span className="number faint">{fallback} {unit}</span> },
    { title: t('settings.range'), key: 'range', width: 200, render: (_, { least, most, unit }) => <span className="number faint">{t('settings.from-to', { least, most, unit })}</span> },
  ];
}

function Editor({ setting, onDone }: { setting: Setting; onDone: () => void }): ReactNode {
  const { ask } = useSession();
  const { message } = App.useApp();
  const [value, setValue] = useState(setting.value);
  const save = async () => {
    const answer = await ask((hall) => hall.changeSetting({ name: setting.name, value }));
    if (!answer.ok) void message.error(t('desk.failed'));
    else if (!answer.value.ok) void message.error(word('setting.fault', answer.value.error.kind));
    else onDone();
  };
  return (
    <span className="settings-editor">
      <InputNumber aria-label={word('setting', setting.name)} value={value} min={setting.least} max={setting.most} precision={0} onChange={(next) => setValue(next ?? setting.value)} onPressEnter={() => drop(save())} />
      <span className="faint">{setting.unit}</span>
      {value !== setting.value && <Button size="small" type="primary" onClick={() => drop(save())}>{t('settings.save')}</Button>}
    </span>
  );
}
