/** 维护测试页: that a whole sheet goes through, with ink to the margins; little ink, and nothing that could be taken for a paper of the hall. */
import type { TestPrint } from '../../domain/documents/types.ts';
import { A4, rectangle } from './layout/commands.ts';
import type { Command, Sheet } from './layout/commands.ts';
import type { Style, Typesetter } from './layout/typesetter.ts';
import { chinaTime } from './layout/words.ts';
import { EDGE, INK, WIDTH } from './paper/style.ts';

const TITLE: Style = { face: 'serif-bold', size: 40, colour: INK, spacing: 8 };
const WORDS: Style = { face: 'sans', size: 16, colour: INK, leading: 1.8 };
/** The title stands where a folded or torn sheet shows it first. */
const TITLE_TOP = A4.height * 0.3;

export function composeTestPage({ hall, site, machine, at }: TestPrint, set: Typesetter): Sheet[] {
  const commands: Command[] = [{ kind: 'path', path: rectangle(EDGE, EDGE, WIDTH, A4.height - 2 * EDGE), stroke: INK, line: 1.2 }];
  let y = set.place(commands, [set.line('维护测试页', TITLE)], TITLE, A4.width / 2, TITLE_TOP, 'centre') + WORDS.size;
  for (const words of ['这不是办件凭证', hall, site, machine, chinaTime(at)]) y = set.place(commands, set.balance(words, WORDS, WIDTH - 2 * EDGE), WORDS, A4.width / 2, y, 'centre');
  return [{ ...A4, commands }];
}
