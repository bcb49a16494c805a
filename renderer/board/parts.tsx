import { type ReactNode, useEffect } from 'react';
import { Icon } from '../ui/icons.tsx';
import { timeOfDay, useSeconds } from './clock.ts';
import type { Line } from './use-line.ts';
import type { Voice } from './voice/use-voice.ts';
import { noVoice, since, type Words, WORDS, updated } from './words.ts';

/** Chinese, and the English of the same beside or below it. */
export function Said({ words, className = '' }: { words: Words; className?: string }): ReactNode {
  return (
    <span className={`said ${className}`}>
      <span>{words.zh}</span>
      {words.en !== '' && <span lang="en" className="said-en">{words.en}</span>}
    </span>
  );
}

export type Trouble = { kind: 'connecting' | 'never' | 'paused' } | { kind: 'silent'; since: string };

/** What keeps a screen from being believed as it stands; null: nothing. */
export function troubleOf({ last, silent }: Line<unknown>): Trouble | null {
  if (last === null) return { kind: silent ? 'never' : 'connecting' };
  if (silent) return { kind: 'silent', since: timeOfDay(Date.parse(last.at)).slice(0, 5) };
  return last.agreement.kind === 'alone' ? { kind: 'paused' } : null;
}

/** Marks the page, so that what is old is grey. */
export function useAge(trouble: Trouble | null): void {
  const isOld = trouble?.kind === 'silent' || trouble?.kind === 'never';
  useEffect(() => {
    document.documentElement.dataset['age'] = isOld ? 'old' : 'new';
  }, [isOld]);
}

export function TroubleBanner({ trouble }: { trouble: Trouble | null }): ReactNode {
  if (trouble === null || trouble.kind === 'connecting') return null;
  const words = trouble.kind === 'silent' ? since(trouble.since) : WORDS[trouble.kind];
  return (
    <div className={`banner banner-${trouble.kind}`} role="alert">
      <Icon name={trouble.kind === 'paused' ? 'wait' : 'offline'} />
      <Said words={words} />
    </div>
  );
}

/** The machine's clock, going on by the page's own counter while nothing is heard. */
export function useMachineTime({ last, heardAt }: Line<unknown>): string {
  const now = useSeconds();
  return last === null ? '' : timeOfDay(Date.parse(last.at) + Math.max(0, now - heardAt));
}

/** Time of the last update, and how the sound is. */
export function Foot({ line, voice }: { line: Line<unknown>; voice: Voice | null }): ReactNode {
  return (
    <footer className="foot">
      <span>{line.last !== null && <Said words={updated(timeOfDay(Date.parse(line.last.at)))} />}</span>
      {voice !== null && voice.lacking.length > 0 && <Said words={noVoice(voice.lacking)} />}
      {voice?.state === 'blocked' && (
        <button type="button" className="sound" onClick={voice.allow}>
          <Icon name="voice" />
          <Said words={WORDS.sound} />
        </button>
      )}
    </footer>
  );
}
