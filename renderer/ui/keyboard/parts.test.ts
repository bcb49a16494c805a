import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readPartsIndex } from './parts.ts';

const index = readPartsIndex(readFileSync(new URL('data/parts.txt', import.meta.url), 'utf8'));

describe('characters from their parts', () => {
  test.each([[['木', '子'], '李'], [['氵', '焉'], '漹'], [['钅', '波'], '𬭛'], [['土', '口'], '𠮷'], [['龍', '龍', '龍'], '龘'], [['木', '木', '木'], '森'], [['王', '文'], '玟']])('%j is %s', (chosen, character) => {
    expect(index.find(chosen).characters.slice(0, 8)).toContain(character);
  });

  test('parts within parts are found, in any order, and a part chosen twice must be there twice', () => {
    expect(index.find(['灬', '氵']).characters).toContain('漹');
    expect(index.find(['木', '木']).characters).not.toContain('李');
    expect(index.find(['木', '木']).characters[0]).toBe('林');
  });

  test('what is offered next leads on, and what no character has leads nowhere', () => {
    const { next, characters } = index.find(['氵']);
    for (const { part } of next.slice(0, 10)) expect(index.find(['氵', part]).characters.length).toBeGreaterThan(0);
    expect(characters.length).toBeGreaterThan(1000);
    expect(index.find(['氵', '龘', '鼎'])).toEqual({ characters: [], next: [] });
    expect(index.find([])).toEqual({ characters: [], next: [] });
  });

  test.each(['㛃', '䶮', '𠮷', '𪚥', '𫖯', '𬱖', '\u{2CE9C}', '\u{30EDD}', '\u{31350}'])('planes and extensions: %s is reached by keys that are offered', (character) => {
    // As a person would: parts of it that stand on the palette, then those that are offered next, until it is among the first.
    const chosen: string[] = [];
    const holds = (part: string, of: string): boolean => index.partsOf(of).some((one) => one === part || holds(part, one));
    for (let step = 0; step < 6; step += 1) {
      const offered = step === 0 ? index.palette : index.find(chosen).next;
      if (index.find(chosen).characters.slice(0, 300).includes(character)) break;
      const key = offered.filter(({ part }) => holds(part, character)).sort((a, b) => b.strokes - a.strokes)[0];
      if (key === undefined) break;
      chosen.push(key.part);
    }
    expect(index.find(chosen).characters.slice(0, 300), chosen.join(' + ')).toContain(character);
  });
});
