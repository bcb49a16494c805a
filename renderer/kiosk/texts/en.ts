import type { Texts } from '../text.ts';
import { afterwards } from './en/afterwards.ts';
import { applying } from './en/applying.ts';
import { around } from './en/around.ts';
import { booking } from './en/booking.ts';
import { caretaker } from './en/caretaker.ts';
import { filling } from './en/filling.ts';
import { finding } from './en/finding.ts';
import { ownPages } from './en/own-pages.ts';
import { talking } from './en/talking.ts';
import { ticketing } from './en/ticketing.ts';
import { voice } from './en/voice.ts';
import { who } from './en/who.ts';

/** Everything the machine says by itself, in English. What comes from an item's guide stays as its office wrote it. */
export const en: Texts = { ...around, ...applying, ...afterwards, ...talking, ...ownPages, ...caretaker, ...filling, ...finding, ...ticketing, ...booking, ...voice, ...who };
