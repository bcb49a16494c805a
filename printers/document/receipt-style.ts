/** Measures, inks and styles that the parts of the receipt share. Inks keep their contrast on a black-and-white printer. */
import { A4 } from './layout/commands.ts';
import type { Style } from './layout/typesetter.ts';

/** Left and right margin in points (about 18 mm: no office printer needs more). */
export const EDGE = 52;
export const WIDTH = A4.width - 2 * EDGE;

export const INK = '#16202A';
export const GREY = '#5B6670';
export const FAINT = '#C9D1D6';
export const ACCENT = '#0F4C6B';
export const PALE = '#E9F1F5';
/** Dark amber: 5.6 : 1 on white, and with the broken frame it differs without colour too. */
export const PROVISIONAL = '#9A4A00';

export const BODY: Style = { face: 'sans', size: 10, colour: INK };
