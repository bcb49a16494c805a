import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

const kiosk = join(import.meta.dirname, '..');
const sources = readdirSync(kiosk, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('texts') && !name.endsWith('.test.ts'))
  .map((name) => readFileSync(join(kiosk, name), 'utf8'))
  .join('\n');

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
/** Starts of keys that are put together: `stage.${stage}`, and prefixes given to `word`. */
const prefixes = [...sources.matchAll(/`([a-z][\w.-]*\.)\$\{/g), ...sources.matchAll(/word\('([a-z][\w.-]*\.)'/g)].map(([, prefix]) => prefix ?? '');
/** Error keys come over the road; their home is the contract. */
const FROM_CORE = ['form.error.'];

describe('texts of the kiosk', () => {
  test('every language has the same keys', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zhCN).sort());
  });

  test('no text is empty, and none repeats another language by mistake', () => {
    for (const [key, text] of Object.entries(zhCN)) expect(text.trim(), key).not.toBe('');
    for (const [key, text] of Object.entries(en)) expect(text.replace('新昌', ''), key).not.toMatch(/[\u4e00-\u9fff]/u);
  });

  test('a text takes the same values in every language', () => {
    for (const [key, text] of Object.entries(zhCN)) expect(placeholders(en[key as keyof typeof en]), key).toEqual(placeholders(text));
  });

  test('every text is used', () => {
    const unused = Object.keys(zhCN).filter((key) => !sources.includes(`'${key}'`) && ![...prefixes, ...FROM_CORE].some((prefix) => key.startsWith(prefix)) && !new RegExp(`\`${key.replace(/\.[^.]+\.([^.]+)$/, '\\.\\$\\{[^}]+\\}\\.$1')}\``).test(sources));
    expect(unused).toEqual([]);
  });

  test('no Chinese stands in a screen itself', () => {
    const code = sources.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    const own = [...code.matchAll(/[^\n]*[\u4e00-\u9fff][^\n]*/gu)].map(([line]) => line.trim()).filter((line) => !line.includes('fixture'));
    expect(own).toEqual([]);
  });
});
