import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSigner, generateSigningKey, verifier } from '../../crypto/node.ts';
import { addNaturalDays } from '../calendar/civil-date.ts';
import { MachineId } from '../ids.ts';
import { createJournalCheck } from './check.ts';
import type { JournalEnded, JournalLine } from './export.ts';
import { appendLink, JOURNAL_START, JOURNALS, type JournalContent, type JournalHead, type JournalKind, signDay, signRemoval } from './journal.ts';

const keys = generateSigningKey();
const signer = createSigner(MachineId.parse('H330624'), keys.privateKey);
const FROM = '2026-11-20';
const DIVISION = '330624';

/** Both journals over some days, whole: `counts` rows a day, the first `removed` of each gone by rule. */
function journals(counts: readonly number[], removed = 0): { lines: JournalLine[]; ended: Record<JournalKind, JournalEnded> } {
  const lines: JournalLine[] = [];
  const ended: Partial<Record<JournalKind, JournalEnded>> = {};
  for (const kind of JOURNALS) {
    lines.push({ line: 'start', kind, day: null });
    if (removed > 0) lines.push({ line: 'removed', ...signRemoval(signer, DIVISION, { kind, through: removed, at: '2026-11-26T00:00:00.000Z' }) });
    let head: JournalHead = JOURNAL_START;
    counts.forEach((count, index) => {
      const date = addNaturalDays(FROM, index);
      for (let row = 0; row < count; row += 1) {
        const id = head.position + 1;
        const at = `${date}T03:00:00.000Z`;
        const content: JournalContent = kind === 'deed' ? { id, at, account: 'wang', what: 'account.disable', subject: `s${id}`, body: '{}' } : { id, at, account: 'li', what: 'case', cases: '["01KAT000000000000000000000"]', blob: null };
        const link = appendLink(verifier, DIVISION, kind, head, content);
        head = { position: link.position, hash: link.hash };
        lines.push({ line: 'entry', ...link, content: link.position <= removed ? null : content });
      }
      // The last day is not over yet.
      if (index < counts.length - 1) lines.push({ line: 'day', ...signDay(signer, DIVISION, { kind, date, ...head, count }) });
    });
    ended[kind] = { ...head, began: FROM, open: addNaturalDays(FROM, counts.length - 1) };
  }
  return { lines, ended: ended as Record<JournalKind, JournalEnded> };
}

function findings(lines: readonly unknown[], ended: Record<JournalKind, JournalEnded>) {
  const check = createJournalCheck({ division: DIVISION, publicKey: keys.publicKey, from: FROM }, verifier);
  for (const line of lines) check.take(JSON.parse(JSON.stringify(line)));
  return check.end(ended).findings;
}
const kinds = (lines: readonly unknown[], ended: Record<JournalKind, JournalEnded>) => findings(lines, ended).map(({ line, fault }) => [line, fault.kind]);

const days = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 5 });
const some = days.filter((counts) => counts.reduce((sum, count) => sum + count, 0) > 1);

describe('a journal', () => {
  test('that is whole has no finding, with rows removed by rule too', () => {
    fc.assert(fc.property(days, fc.nat({ max: 6 }), (counts, removed) => {
      const { lines, ended } = journals(counts, removed);
      expect(findings(lines, ended)).toEqual([]);
    }), { numRuns: 60 });
  });

  test('shows any line that is taken away, repeated or moved', () => {
    fc.assert(fc.property(some, fc.nat(), fc.nat(), (counts, one, other) => {
      const { lines, ended } = journals(counts);
      const [from, to] = [one % lines.length, other % lines.length];
      expect(findings(lines.toSpliced(from, 1), ended)).not.toEqual([]);
      expect(findings(lines.toSpliced(to, 0, lines[from]!), ended)).not.toEqual([]);
      if (from !== to) expect(findings(lines.toSpliced(from, 1).toSpliced(to, 0, lines[from]!), ended)).not.toEqual([]);
    }), { numRuns: 60 });
  });

  test('shows any change of any value in any line, and says in which', () => {
    fc.assert(fc.property(some, fc.nat(), fc.nat(), (counts, one, other) => {
      const { lines, ended } = journals(counts);
      const at = one % lines.length;
      const { flat, put } = leavesOf(lines[at]!);
      if (flat.length === 0) return;
      const changed = lines.with(at, put(flat[other % flat.length]!) as JournalLine);
      const found = findings(changed, ended);
      expect(found).not.toEqual([]);
      expect(Math.min(...found.map(({ line }) => (line === 0 ? Infinity : line)))).toBeLessThanOrEqual(at + 2);
    }), { numRuns: 150 });
  });

  test('shows a row that was put in and linked anew, for the day is closed without it', () => {
    const { lines, ended } = journals([2, 1]);
    const forged: JournalContent = { id: 9, at: `${FROM}T04:00:00.000Z`, account: 'wang', what: 'x.y', subject: '', body: '{}' };
    const last = lines.findLastIndex((line) => line.line === 'entry' && line.kind === 'deed');
    const link = appendLink(verifier, DIVISION, 'deed', ended.deed, forged);
    const longer = lines.toSpliced(last + 1, 0, { line: 'entry', ...link, content: forged });
    expect(kinds(longer, ended)).toEqual([[last + 2, 'wrong-day'], [0, 'end-differs']]);
    expect(kinds(longer, { ...ended, deed: { ...ended.deed, position: link.position, hash: link.hash } })).toEqual([[last + 2, 'wrong-day']]);
  });

  test('names the row that is gone without a rule, the head that another key signed, and where it was cut off', () => {
    const { lines, ended } = journals([3, 0]);
    expect(kinds(lines.with(2, { ...lines[2], content: null } as JournalLine), ended)).toEqual([[3, 'deleted']]);
    const stranger = createSigner(MachineId.parse('H330624'), generateSigningKey().privateKey);
    const closed = lines.findIndex((line) => line.line === 'day');
    const { line: _line, signature: _signature, ...day } = lines[closed] as Extract<JournalLine, { line: 'day' }>;
    expect(kinds(lines.with(closed, { line: 'day', ...signDay(stranger, DIVISION, day) }), ended)).toEqual([[closed + 1, 'day-forged']]);
    expect(kinds(lines.slice(0, closed - 1), ended).map(([, kind]) => kind)).toEqual(['cut-off', 'day-missing', 'cut-off', 'day-missing']);
    expect(kinds([...lines, { line: 'stray', kind: 'read', row: 77 }], ended)).toEqual([[lines.length + 1, 'stray']]);
    const mark = { line: 'removed', ...signRemoval(stranger, DIVISION, { kind: 'deed', through: 3, at: '2026-11-26T00:00:00.000Z' }) };
    expect(kinds(lines.toSpliced(1, 0, mark as JournalLine), ended)).toEqual([[2, 'removal-forged']]);
  });

  test('that begins later must show where the chain stood the day before', () => {
    const { lines, ended } = journals([2, 1]);
    const check = createJournalCheck({ division: DIVISION, publicKey: keys.publicKey, from: '2026-11-21' }, verifier);
    const days = lines.filter((line) => line.line === 'day');
    const rest = (kind: JournalKind) => lines.filter((line) => line.line === 'entry' && line.kind === kind && line.position > 2);
    for (const kind of JOURNALS) {
      const { line: _line, ...day } = days.find((each) => each.kind === kind)!;
      for (const line of [{ line: 'start', kind, day }, ...rest(kind)]) check.take(line);
    }
    const later = { deed: { ...ended.deed, began: '2026-11-21' }, read: { ...ended.read, began: '2026-11-21' } };
    expect(check.end(later).findings).toEqual([]);
    const without = createJournalCheck({ division: DIVISION, publicKey: keys.publicKey, from: '2026-11-21' }, verifier);
    for (const kind of JOURNALS) for (const line of [{ line: 'start', kind, day: null }, ...rest(kind)]) without.take(line);
    expect(without.end(later).findings.map(({ fault }) => fault)).toEqual([{ kind: 'missing', from: 1, to: 2 }, { kind: 'missing', from: 1, to: 2 }]);
  });
});

/** Every single value of a line by its path, and the line with that one changed. */
function leavesOf(line: JournalLine): { flat: string[][]; put(path: string[]): unknown } {
  const flat: string[][] = [];
  const walk = (value: unknown, path: string[]) => {
    if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
    else if (value !== null && path.length > 0) flat.push(path);
  };
  walk(line, []);
  const changed = (value: unknown): unknown => {
    if (typeof value === 'number') return value + 1;
    const text = String(value);
    // Still of the same form, so that the check is asked and not only the schema.
    const at = text.search(/[0-9]/);
    return at < 0 ? `${text}x` : `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`;
  };
  const replaced = (value: unknown, [key, ...rest]: string[]): unknown => (key === undefined ? changed(value) : { ...(value as object), [key]: replaced(Reflect.get(value as object, key), rest) });
  return { flat, put: (path) => replaced(line, path) };
}
