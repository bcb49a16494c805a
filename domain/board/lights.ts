import type { BoardLight, LightPattern, LightsWish } from '../contracts/board.ts';
import type { SessionView } from '../contracts/kiosk.ts';

/** China has one time zone and no summer time. */
const CHINA_OFFSET = 8 * 3_600_000;
const HOUR = 3_600_000;
/** Hours of the day between which lights are dimmed. */
const NIGHT = { from: 20, to: 6 };

/** What of a visit the lights show. */
export type Lit = Pick<SessionView, 'session' | 'card' | 'prints'>;

/**
 * Lights that point at the part where something happens: the card's blinks while one is wanted, a paper's is on while it is printed and blinks until
 * the visit ends, the one for help blinks where somebody should be called. Dark while nobody is here.
 * @param now milliseconds since 1970
 */
export function lightsFor({ session, card, prints }: Lit, now: number): LightsWish {
  const hour = ((now + CHINA_OFFSET) / HOUR) % 24;
  const brightness = hour >= NIGHT.from || hour < NIGHT.to ? 'night' : 'day';
  if (session === null) return { brightness, lights: DARK };
  const printing = (...papers: SessionView['prints'][number]['paper'][]): LightPattern => {
    const states = prints.filter(({ paper }) => papers.includes(paper)).map(({ state }) => state);
    if (states.some((state) => state === 'reserved' || state === 'sent')) return 'on';
    return states.includes('printed') ? 'quick-blink' : 'off';
  };
  const stuck = card.kind === 'unavailable' || card.kind === 'unrecognised' || prints.some(({ state }) => state === 'unknown' || state === 'not-printed');
  const cardLight: LightPattern = card.kind === 'place-card' || card.kind === 'place-again' ? 'slow-blink' : card.kind === 'reading' ? 'on' : 'off';
  return { brightness, lights: { card: cardLight, scanner: 'off', ticket: printing('hand-in-slip', 'materials-slip', 'message-slip', 'kept-slip', 'queue-ticket', 'appointment-slip'), document: printing('hand-in-receipt', 'certificate', 'guide'), help: stuck ? 'slow-blink' : 'off' } };
}

const DARK: Record<BoardLight, LightPattern> = { card: 'off', scanner: 'off', ticket: 'off', document: 'off', help: 'off' };

/** The same for a board that has only some of the lights. */
export function withLightsOf(wish: LightsWish, has: readonly BoardLight[]): LightsWish {
  const lights = Object.fromEntries(Object.entries(wish.lights).map(([light, pattern]) => [light, has.some((one) => one === light) ? pattern : 'off']));
  return { ...wish, lights: { ...DARK, ...lights } };
}
