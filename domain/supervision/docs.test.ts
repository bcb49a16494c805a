import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIGURES } from './figures.ts';
import { DEFAULT_RULES, MEANINGS, PARAMETERS } from './rules.ts';

const page = readFileSync(new URL('../../docs/supervision.md', import.meta.url), 'utf8');

test('the page of supervision lists every rule as the program has it', () => {
  for (const { id, level, parameters } of DEFAULT_RULES) {
    const numbers = Object.entries(parameters).map(([name, value]) => `${value} ${PARAMETERS[name] ?? ''}`).join(', ');
    expect(page).toContain(`| \`${id}\` ${MEANINGS[id].name} | ${level} | ${numbers} | ${MEANINGS[id].basis} |`);
  }
});

test('and every figure with its formula', () => {
  for (const { name, formula } of Object.values(FIGURES)) expect(page).toContain(`| ${name} | ${formula} |`);
});
