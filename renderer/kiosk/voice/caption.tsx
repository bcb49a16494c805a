import { type ReactNode, useSyncExternalStore } from 'react';
import type { VoiceDesk } from './desk.ts';
import './voice.css';

/** What the voice says, for the eye: some of it, such as what a key does, stands nowhere else on the screen. */
export function Caption({ desk }: { desk: VoiceDesk }): ReactNode {
  const text = useSyncExternalStore(desk.caption.subscribe, desk.caption.current);
  return (
    <p className="voice-caption" aria-hidden="true" data-say="">
      {text}
    </p>
  );
}
