import strokesAddress from './data/strokes.bin?url';
import { once } from '../keyboard/once.ts';
import { openRecogniser, type Recogniser } from './recogniser.ts';

/** Belongs to the program, not to the network: it fails only where the program's own files are damaged. */
export const loadRecogniser: () => Promise<Recogniser> = once(async () => {
  const answer = await fetch(strokesAddress);
  if (!answer.ok) throw new Error(`stroke set: status ${answer.status}`);
  return openRecogniser(new Uint8Array(await answer.arrayBuffer()));
});
