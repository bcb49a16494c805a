import { afterwards } from './zh-CN/afterwards.ts';
import { applying } from './zh-CN/applying.ts';
import { around } from './zh-CN/around.ts';
import { booking } from './zh-CN/booking.ts';
import { caretaker } from './zh-CN/caretaker.ts';
import { ownPages } from './zh-CN/own-pages.ts';
import { talking } from './zh-CN/talking.ts';
import { filling } from './zh-CN/filling.ts';
import { finding } from './zh-CN/finding.ts';
import { ticketing } from './zh-CN/ticketing.ts';
import { voice } from './zh-CN/voice.ts';
import { who } from './zh-CN/who.ts';

/**
 * Everything the machine says by itself, in Chinese. Keys are the same in every language; `texts.test.ts` finds gaps and leftovers.
 * Sentences are short, say what is so and what to do, and never promise what the machine does not know.
 */
export const zhCN = { ...around, ...applying, ...afterwards, ...talking, ...ownPages, ...caretaker, ...filling, ...finding, ...ticketing, ...booking, ...voice, ...who } as const;
