import type { ReactNode } from 'react';
import type { TerminalView } from '../../domain/contracts/kiosk.ts';
import { isPractice } from '../../domain/practice/mark.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { StatusPill } from '../ui/status-pill.tsx';
import type { HelpView } from '../../domain/contracts/talk.ts';
import { helpWords } from './help-call.tsx';
import type { Settings } from './settings.ts';
import { useHold } from './caretaker/use-hold.ts';
import type { Speech } from './text.ts';
import type { Language } from './texts/languages.ts';
import './frame.css';

/** The status line: whose machine this is, and how far what it shows can be trusted now. */
export function StatusLine({ terminal, speech, onHold }: { terminal: TerminalView | null; speech: Speech; onHold: (() => void) | null }): ReactNode {
  const { t } = speech;
  const held = useHold(onHold);
  return (
    <div>
      {terminal !== null && isPractice(terminal.machine) && <p className="practice"><strong>{t('practice.title')}</strong>{t('practice.words')}</p>}
      <header className="status-line">
        <span className="brand" {...held}>
          <span className="brand-seal" aria-hidden="true">
            {t('brand.seal')}
          </span>
          <span className="brand-words">
            <strong>{terminal?.hall ?? t('brand')}</strong>
            <span>{terminal?.site ?? t('brand.line')}</span>
          </span>
        </span>
        {terminal === null ? null : (
          <span className="status-facts">
            <span className="status-travel">
              <span className="status-pills">
                {terminal.power === 'mains' ? null : (
                  <StatusPill tone={terminal.power === 'battery' ? 'info' : 'warn'} icon="battery">
                    {t(terminal.power === 'battery' ? 'line.battery' : 'line.power-ending')}
                  </StatusPill>
                )}
                <StatusPill tone={terminal.line === 'online' ? 'good' : 'warn'} icon={terminal.line === 'online' ? 'online' : 'offline'}>
                  {lineWords(terminal, speech)}
                </StatusPill>
              </span>
              {terminal.waitingSince === null ? null : <span>{t('line.waiting', { count: terminal.waiting, time: speech.moment(terminal.waitingSince) })}</span>}
            </span>
            <span className="status-small">
              <span className="number status-clock">{speech.clock(terminal.now)}</span>
              <span className="number">{terminal.machine}</span>
            </span>
          </span>
        )}
      </header>
    </div>
  );
}

function lineWords(terminal: TerminalView, { t, moment }: Speech): string {
  if (terminal.line === 'online') return t('line.online');
  return terminal.lastContact === null ? t('line.never') : t(`line.${terminal.line}`, { time: moment(terminal.lastContact) });
}

/** Settings, help and the way out, always in the same place on every screen. */
export function Toolbar(props: { /** The language that its key leads to. */ next: Language; settings: Settings; speech: Speech; help: HelpView | undefined; inSession: boolean; /** null: not known yet. */ canSpeak: boolean | null; onSettings(settings: Settings): void; onHelp(): void; /** Reading aloud was asked for, and there is no voice. */ onSilent(): void; onLeave(): void }): ReactNode {
  const { settings, speech, onSettings } = props;
  const { t } = speech;
  return (
    <div className="toolbar" role="toolbar" aria-label={t('toolbar.label')}>
      <Tool icon="elder" on={settings.size === 'elder'} words={t('toolbar.elder')} onPress={() => onSettings({ ...settings, size: settings.size === 'elder' ? 'normal' : 'elder' })} />
      <Tool icon="contrast" on={settings.contrast === 'high'} words={t('toolbar.contrast')} onPress={() => onSettings({ ...settings, contrast: settings.contrast === 'high' ? 'normal' : 'high' })} />
      <Tool icon="low" on={settings.reach === 'low'} words={t('toolbar.low')} onPress={() => onSettings({ ...settings, reach: settings.reach === 'low' ? 'normal' : 'low' })} />
      <Tool icon="language" words={props.next.name} language={props.next.code} onPress={() => onSettings({ ...settings, language: props.next.code })} />
      <Tool icon={props.canSpeak === false ? 'silent' : 'voice'} on={settings.voice === 'on'} quiet={props.canSpeak === false} words={t(props.canSpeak === false ? 'toolbar.voice.none' : 'toolbar.voice')} onPress={() => (props.canSpeak === false && settings.voice === 'off' ? props.onSilent() : onSettings({ ...settings, voice: settings.voice === 'on' ? 'off' : 'on' }))} />
      <Tool icon="bell" words={t(helpWords(props.help))} onPress={props.onHelp} />
      <Tool icon="leave" words={t('toolbar.leave')} tone="leave" isDisabled={!props.inSession} onPress={props.onLeave} />
    </div>
  );
}

function Tool(props: { icon: IconName; words: string; on?: boolean; quiet?: boolean; language?: string; tone?: 'leave'; isDisabled?: boolean; onPress(): void }): ReactNode {
  return (
    <button type="button" className={`tool${props.tone === 'leave' ? ' tool-leave' : ''}${props.quiet === true ? ' tool-quiet' : ''}`} disabled={props.isDisabled} {...(props.on === undefined ? {} : { 'aria-pressed': props.on })} {...(props.language === undefined ? {} : { lang: props.language })} onClick={props.onPress}>
      <Icon name={props.icon} size={1.15} />
      <span>{props.words}</span>
    </button>
  );
}
