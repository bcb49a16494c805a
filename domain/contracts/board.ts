/** What crosses the road between core and the device host about the builder's board: a kiosk's lights, sensors, keypad and headset jack. */
import { z } from 'zod';

/** A light beside the part that it points at; `help` is at the call button or over the screen. */
export const BoardLight = z.enum(['card', 'scanner', 'ticket', 'document', 'help']);
export type BoardLight = z.infer<typeof BoardLight>;

/** Slow is 1 Hz: here goes the next thing. Quick is 2.5 Hz: take it, do not forget it; below the three flashes a second of WCAG 2.3.1. */
export const LightPattern = z.enum(['off', 'on', 'slow-blink', 'quick-blink']);
export type LightPattern = z.infer<typeof LightPattern>;

/** Every light, so that nobody has to know what was wished before. How bright day and night are is set at the board. */
export const LightsWish = z.strictObject({ brightness: z.enum(['day', 'night']), lights: z.record(BoardLight, LightPattern) });
export type LightsWish = z.infer<typeof LightsWish>;

/** The keypad for people who do not use the screen: braille-marked, with the raised dot on 5. */
export const BoardKey = z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'ok', 'back', 'up', 'down', 'left', 'right']);
export type BoardKey = z.infer<typeof BoardKey>;

/**
 * What happens at the board. `presence`, `door` and `headset` are told as they are to each new listener, then whenever they change; keys only as they happen.
 * Which key was pressed may be part of somebody's number: it goes to the screen and nowhere else.
 */
export const BoardEvent = z.discriminatedUnion('kind', [
  /** Somebody stands before the machine, or nobody does any more; already debounced. */
  z.strictObject({ kind: z.literal('presence'), near: z.boolean() }),
  z.strictObject({ kind: z.literal('key'), key: BoardKey, pressed: z.boolean() }),
  /** While one is plugged in, speech goes to the headset only. */
  z.strictObject({ kind: z.literal('headset'), plugged: z.boolean() }),
  /** The service door. */
  z.strictObject({ kind: z.literal('door'), open: z.boolean() }),
  /** The case was moved or forced. The device is `blocked`/`tampered` until a person acknowledges. */
  z.strictObject({ kind: z.literal('tampered') }),
  /** The board is away: what was told is no longer known, and every held key has been released. After its return all is told anew. */
  z.strictObject({ kind: z.literal('lost') }),
]);
export type BoardEvent = z.infer<typeof BoardEvent>;

export const BoardPart = z.enum(['presence', 'door', 'tamper', 'keypad', 'headset']);
export type BoardPart = z.infer<typeof BoardPart>;

/** What a board has, in its own words. `dimming`: night is darker than day. */
export const BoardCapabilities = z.strictObject({ model: z.string(), firmware: z.string(), lights: z.array(BoardLight), dimming: z.boolean(), parts: z.array(BoardPart) });
export type BoardCapabilities = z.infer<typeof BoardCapabilities>;

/** How the wish for lights, or an acknowledgement, failed. A wish that failed with `unavailable` is set when the board is back, unless another came. */
export const BoardRefusal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('unavailable') }),
  /** This board has no such light; nothing was changed. */
  z.strictObject({ kind: z.literal('no-such-light'), lights: z.array(BoardLight) }),
  /** The board answered that it will not. `word` is its own. */
  z.strictObject({ kind: z.literal('refused'), word: z.string() }),
]);
export type BoardRefusal = z.infer<typeof BoardRefusal>;
