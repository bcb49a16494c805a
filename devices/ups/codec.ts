/**
 * Commands and answers of Network UPS Tools' network protocol (RFC 9271; NUT developer guide, “Network protocol information”, version 1.3). A line is words with spaces between them; a word with spaces stands in quotes, in which `\` goes before `"` and `\`.
 * Not here: everything that changes a UPS (`SET`, `INSTCMD`, `FSD`), passwords, and `STARTTLS`.
 */
import type { Result } from '../../domain/result.ts';
import { err, never, ok } from '../../domain/result.ts';

/** IANA's port of the protocol. */
export const UPS_PORT = 3493;

export type Command = { kind: 'list-var'; ups: string } | { kind: 'get-var'; ups: string; name: string } | { kind: 'logout' };

export type Answer =
  | { kind: 'begin-list'; ups: string }
  | { kind: 'var'; ups: string; name: string; value: string }
  | { kind: 'end-list'; ups: string }
  /** The same guide, “Error responses”: ACCESS-DENIED, UNKNOWN-UPS, VAR-NOT-SUPPORTED, DATA-STALE, DRIVER-NOT-CONNECTED and others. */
  | { kind: 'error'; word: string }
  /** Whatever else it says, as `OK Goodbye`. */
  | { kind: 'other' };

export type Misshapen = { kind: 'misshapen' };

export function encodeCommand(command: Command): string {
  switch (command.kind) {
    case 'list-var':
      return lineOf(['LIST', 'VAR', command.ups]);
    case 'get-var':
      return lineOf(['GET', 'VAR', command.ups, command.name]);
    case 'logout':
      return lineOf(['LOGOUT']);
    default:
      return never(command);
  }
}

/** The inverse, as `upsd` reads it. */
export function decodeCommand(text: string): Result<Command, Misshapen> {
  const [verb, what, ups, name, ...rest] = wordsOf(text) ?? [];
  if (verb === 'LOGOUT' && what === undefined) return ok({ kind: 'logout' });
  if (what !== 'VAR' || ups === undefined || rest.length > 0) return err({ kind: 'misshapen' });
  if (verb === 'LIST' && name === undefined) return ok({ kind: 'list-var', ups });
  return verb === 'GET' && name !== undefined ? ok({ kind: 'get-var', ups, name }) : err({ kind: 'misshapen' });
}

export function encodeAnswer(answer: Answer): string {
  switch (answer.kind) {
    case 'begin-list':
      return lineOf(['BEGIN', 'LIST', 'VAR', answer.ups]);
    case 'end-list':
      return lineOf(['END', 'LIST', 'VAR', answer.ups]);
    case 'var':
      // The value stands in quotes whatever it is.
      return `${lineOf(['VAR', answer.ups, answer.name]).slice(0, -1)} ${quoted(answer.value)}\n`;
    case 'error':
      return lineOf(['ERR', answer.word]);
    case 'other':
      return 'OK Goodbye\n';
    default:
      return never(answer);
  }
}

export function decodeAnswer(text: string): Result<Answer, Misshapen> {
  const words = wordsOf(text);
  if (words === null) return err({ kind: 'misshapen' });
  const [first, second, third, fourth] = words;
  if (first === 'ERR') return second !== undefined && /^[A-Z-]{1,40}$/.test(second) ? ok({ kind: 'error', word: second }) : err({ kind: 'misshapen' });
  if (first === 'VAR' && words.length === 4) return ok({ kind: 'var', ups: second ?? '', name: third ?? '', value: fourth ?? '' });
  if ((first === 'BEGIN' || first === 'END') && second === 'LIST' && third === 'VAR' && words.length === 4) return ok({ kind: first === 'BEGIN' ? 'begin-list' : 'end-list', ups: fourth ?? '' });
  return ['VAR', 'BEGIN', 'END'].includes(first ?? '') ? err({ kind: 'misshapen' }) : ok({ kind: 'other' });
}

function lineOf(words: string[]): string {
  return `${words.map((word) => (/^[^\s"\\]+$/.test(word) ? word : quoted(word))).join(' ')}\n`;
}

function quoted(word: string): string {
  return `"${word.replace(/["\\]/g, String.raw`\$&`)}"`;
}

/** Null where a quote is not closed or nothing stands behind a `\`. */
function wordsOf(text: string): string[] | null {
  const words: string[] = [];
  for (let rest = text.trimStart(); rest !== ''; rest = rest.trimStart()) {
    const [whole, inner] = /^"((?:[^"\\]|\\.)*)"(?=\s|$)/.exec(rest) ?? /^()[^\s"\\]+(?=\s|$)/.exec(rest) ?? [];
    if (whole === undefined || inner === undefined) return null;
    words.push(whole.startsWith('"') ? inner.replace(/\\(.)/g, '$1') : whole);
    rest = rest.slice(whole.length);
  }
  return words;
}
