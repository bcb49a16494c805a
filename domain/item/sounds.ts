/** Beginnings and endings of syllables that many people here do not tell apart, in speech and so in typing. */
const INITIALS: readonly (readonly [string, string])[] = [['zh', 'z'], ['ch', 'c'], ['sh', 's'], ['n', 'l'], ['f', 'h'], ['r', 'l']];
const FINALS: readonly (readonly [string, string])[] = [['ang', 'an'], ['eng', 'en'], ['ing', 'in']];

/** The syllables that this one may be typed as: `zheng` → `zeng`, `zhen`, `zen`. */
export function alike(syllable: string): string[] {
  const begun = swapped(syllable, INITIALS, (text, part) => (text.startsWith(part) && !(part.length === 1 && text.startsWith(`${part}h`)) ? text.slice(part.length) : null), (rest, part) => part + rest);
  const ended = (text: string) => swapped(text, FINALS, (whole, part) => (whole.endsWith(part) ? whole.slice(0, -part.length) : null), (rest, part) => rest + part);
  const found = [syllable, ...begun].flatMap((text) => [text, ...ended(text)]);
  return [...new Set(found)].filter((text) => text !== syllable);
}

function swapped(text: string, pairs: readonly (readonly [string, string])[], rest: (text: string, part: string) => string | null, join: (rest: string, part: string) => string): string[] {
  return pairs.flatMap(([one, other]) => ([[one, other], [other, one]] as const).flatMap(([from, to]) => {
    const left = rest(text, from);
    return left === null || left === '' ? [] : [join(left, to)];
  }));
}

/** zhuang */
export const LONGEST_SYLLABLE = 6;

/** Whether a text begins with this syllable, right or with one slip. */
export function beginsNearly(syllable: string, text: string): boolean {
  return text.startsWith(syllable) || (syllable.length >= 2 && withOneSlip(syllable, text).length > 0);
}

/** How much of `rest` is the syllable with exactly one letter wrong, missing or too many. */
export function withOneSlip(syllable: string, rest: string): number[] {
  let same = 0;
  while (same < syllable.length && rest[same] === syllable[same]) same += 1;
  const tail = syllable.slice(same + 1);
  return [
    ...(same < syllable.length && rest.slice(same + 1).startsWith(tail) && rest.length >= syllable.length ? [syllable.length] : []),
    ...(same < syllable.length && rest.slice(same).startsWith(tail) ? [syllable.length - 1] : []),
    ...(rest.length > syllable.length && rest.slice(same + 1).startsWith(syllable.slice(same)) ? [syllable.length + 1] : []),
  ];
}
