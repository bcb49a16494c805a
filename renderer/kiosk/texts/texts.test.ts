import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { FORM_ERRORS } from '../../../domain/item/form.ts';
import { zhCN } from './zh-CN.ts';

const kiosk = join(import.meta.dirname, '..');
const sources = readdirSync(kiosk, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/^(texts|preview)/.test(name) && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(kiosk, name), 'utf8'))
  .join('\n');

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
/** Starts of keys that are put together: `stage.${stage}`, and prefixes given to `word`. */
const prefixes = [...sources.matchAll(/`([a-z][\w.-]*\.)\$\{/g), ...sources.matchAll(/word\('([a-z][\w.-]*\.)'/g)].map(([, prefix]) => prefix ?? '');
/** Names that stand in their own script in every language. */
const OWN_SCRIPT = new Set(['brand.seal', 'keyboard.hint']);

describe('texts of the kiosk', () => {
  test('every language has the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort());
  });

  test('no text is empty, and none repeats another language by mistake', () => {
    for (const [key, text] of Object.entries(zhCN)) expect(text.trim(), key).not.toBe('');
    for (const [key, text] of Object.entries(en)) expect(OWN_SCRIPT.has(key) ? '' : text, key).not.toMatch(/[\u4e00-\u9fff]/u);
  });

  test('a text takes the same values in every language', () => {
    for (const [key, text] of Object.entries(zhCN)) expect(placeholders(en[key as keyof typeof en]), key).toEqual(placeholders(text));
  });

  test('every text is used', () => {
    const unused = Object.keys(zhCN).filter((key) => !sources.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)) && !FORM_ERRORS.some((error) => error === key) && !new RegExp(`\`${key.replace(/\.[^.]+\.([^.]+)$/, '\\.\\$\\{[^}]+\\}\\.$1')}\``).test(sources));
    expect(unused).toEqual([]);
  });

  test('every error of a form has its words', () => {
    for (const error of FORM_ERRORS) expect(Object.keys(zhCN)).toContain(error);
  });

  test('no Chinese stands in a screen itself', () => {
    const code = sources.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const own = [...code.matchAll(/[^\n]*[\u4e00-\u9fff][^\n]*/gu)].map(([line]) => line.trim());
    expect(own).toEqual([]);
  });
});
