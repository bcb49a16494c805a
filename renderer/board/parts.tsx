import { type ReactNode, useEffect } from 'react';
import { civilTime } from '../../domain/calendar/civil-date.ts';
import { Icon } from '../ui/icons.tsx';
import { useSeconds } from './clock.ts';
import type { BoardLine } from './road.ts';
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
export function troubleOf({ stand }: BoardLine<unknown>): Trouble | null {
  if (stand === null) return { kind: 'connecting' };
  const { word, live } = stand;
  if (word === null) return { kind: live ? 'connecting' : 'never' };
  if (!live) return { kind: 'silent', since: civilTime(Date.parse(word.at)).slice(0, 5) };
  return word.agreement.kind === 'alone' ? { kind: 'paused' } : null;
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
export function useMachineTime({ stand }: BoardLine<unknown>): string {
  const now = useSeconds();
  return stand?.word == null ? '' : civilTime(Date.parse(stand.word.at) + Math.max(0, now - stand.heard));
}

/** Time of the last update, and how the sound is. */
export function Foot({ line, voice }: { line: BoardLine<unknown>; voice: Voice | null }): ReactNode {
  return (
    <footer className="foot">
      <span>{line.stand?.word != null && <Said words={updated(civilTime(Date.parse(line.stand.word.at)))} />}</span>
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
