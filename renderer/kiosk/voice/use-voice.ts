import { useEffect, useState, useSyncExternalStore } from 'react';
import { createVoiceDesk, type VoiceDesk, type VoiceGround } from './desk.ts';

/** Reads the screen aloud while `settings.voice` is on. */
export function useVoice(ground: VoiceGround): { desk: VoiceDesk; can: boolean | null; heard: ReadonlySet<string> } {
  const [desk] = useState(() => createVoiceDesk(ground));
  const { client, settings: { voice, language } } = ground;
  useEffect(() => desk.on(ground));
  useEffect(() => desk.ask(), [desk, client, language]);
  // Another language is another screen to the ear.
  useEffect(() => (voice === 'on' ? desk.listen() : undefined), [desk, voice, language]);
  return { desk, ...useSyncExternalStore(desk.standing.subscribe, desk.standing.current, desk.standing.current) };
}
