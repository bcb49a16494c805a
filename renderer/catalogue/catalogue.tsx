import { type ReactNode, useEffect, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { applySettings, DEFAULT_SETTINGS, type Settings } from '../kiosk/settings.ts';
import { Button } from '../ui/button.tsx';
import { Keyboard } from '../ui/keyboard/keyboard.tsx';
import { keyboardWords } from '../kiosk/keyboard-words.ts';
import { speech } from '../kiosk/text.ts';
import { languageNamed } from '../kiosk/texts/languages.ts';
import { Colours, Motion, TypeScale } from './foundations.tsx';
import { Fields } from './fields.tsx';
import { Icons, Illustrations } from './pictures.tsx';
import { Actions, Signs } from './parts.tsx';
import './catalogue.css';

/** Every token and every part of the design language on one page, in every setting that a citizen can choose. For whoever designs a screen, or judges one. */
export function Catalogue(): ReactNode {
  const [settings, setSettings] = useState<Settings>(DEFAULT_SETTINGS);
  const language = languageNamed(settings.language);
  const { t } = speech(language);
  useEffect(() => applySettings(document.documentElement, settings, language), [settings, language]);
  return (
    <I18nProvider locale={language.code}>
      <div className="catalogue">
        <header className="catalogue-head">
          <h1>设计语言</h1>
          <p>近办的颜色、字号、图标、动效和控件。屏幕只用这里有的。</p>
          <div className="catalogue-row" role="group" aria-label="显示方式">
            <Choice words="大字" on={settings.size === 'elder'} onChange={(on) => setSettings({ ...settings, size: on ? 'elder' : 'normal' })} />
            <Choice words="高对比" on={settings.contrast === 'high'} onChange={(on) => setSettings({ ...settings, contrast: on ? 'high' : 'normal' })} />
            <Choice words="English" on={settings.language === 'en'} onChange={(on) => setSettings({ ...settings, language: on ? 'en' : 'zh-CN' })} />
          </div>
        </header>
        <main className="catalogue-body">
          <Colours key={settings.contrast} />
          <TypeScale />
          <Actions t={t} />
          <Signs t={t} />
          <Fields t={t} />
          <Icons />
          <Illustrations />
          <Motion />
        </main>
        <Keyboard
          chinese={settings.language === 'zh-CN'}
          words={keyboardWords(t)}
        />
      </div>
    </I18nProvider>
  );
}

function Choice({ words, on, onChange }: { words: string; on: boolean; onChange(on: boolean): void }): ReactNode {
  return <Button tone={on ? 'main' : 'plain'} onPress={() => onChange(!on)}>{words}</Button>;
}

/** One chapter of the page. */
export function Chapter({ title, words, children }: { title: string; words: string; children: ReactNode }): ReactNode {
  return (
    <section className="catalogue-chapter">
      <h2>{title}</h2>
      <p className="catalogue-words">{words}</p>
      {children}
    </section>
  );
}
