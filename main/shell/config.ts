import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { err, ok, type Result } from '../../domain/result.ts';

export type ConfigFailure = { kind: 'no-file'; file: string } | { kind: 'bad-yaml'; file: string; line: number; why: string } | { kind: 'bad-value'; file: string; line: number; path: string; why: string };

/** Reads and checks `terminal.yaml`; a mistake is named with its line. Paths in it become absolute. */
export function readTerminalConfig(file: string): Result<TerminalConfig, ConfigFailure> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return err({ kind: 'no-file', file });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [fault] = document.errors;
  if (fault !== undefined) return err({ kind: 'bad-yaml', file, line: lines.linePos(fault.pos[0]).line, why: fault.code });
  const parsed = TerminalConfig.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
    // A missing member has no place of its own: its parent's line is the one to look at.
    const node = document.getIn(path, true) ?? document.getIn(path.slice(0, -1), true) ?? document.contents;
    const offset = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
    return err({ kind: 'bad-value', file, line: lines.linePos(offset).line, path: path.join('.'), why: issue?.message ?? '' });
  }
  const folder = dirname(resolve(file));
  const { data, pack, backup, queue } = parsed.data;
  const tls = queue?.tls ?? null;
  return ok({ ...parsed.data, data: resolve(folder, data), pack: resolve(folder, pack), backup: backup === null ? null : { to: resolve(folder, backup.to) },
    queue: queue === null || tls === null ? queue : { ...queue, tls: { certificate: resolve(folder, tls.certificate), key: resolve(folder, tls.key) } } });
}

/** One sentence for the technician. */
export function configFailureText(failure: ConfigFailure): string {
  switch (failure.kind) {
    case 'no-file':
      return `${failure.file}: cannot be read. Give the file with --config FILE.`;
    case 'bad-yaml':
      return `${failure.file}:${failure.line}: not valid YAML (${failure.why}).`;
    case 'bad-value':
      return `${failure.file}:${failure.line}: ${failure.path}: ${failure.why}.`;
  }
}
