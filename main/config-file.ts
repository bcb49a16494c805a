import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { err, ok, type Result } from '../domain/result.ts';

export type ConfigFailure = { kind: 'no-file'; file: string } | { kind: 'bad-yaml'; file: string; line: number; why: string } | { kind: 'bad-value'; file: string; line: number; path: string; why: string };

/** Reads and checks a file of settings; a mistake is named with its line. @returns with the file's folder, which paths in it are relative to */
export function readConfigFile<Schema extends z.ZodType>(file: string, schema: Schema): Result<{ value: z.infer<Schema>; folder: string }, ConfigFailure> {
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
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = (issue?.path ?? []).filter((part) => typeof part !== 'symbol');
    // A missing member has no place of its own: its parent's line is the one to look at.
    const node = document.getIn(path, true) ?? document.getIn(path.slice(0, -1), true) ?? document.contents;
    const offset = typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range) ? Number(node.range[0]) : 0;
    return err({ kind: 'bad-value', file, line: lines.linePos(offset).line, path: path.join('.'), why: issue?.message ?? '' });
  }
  return ok({ value: parsed.data, folder: dirname(resolve(file)) });
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
