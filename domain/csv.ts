/** Tables for spreadsheets (RFC 4180). */

/** So that spreadsheets read UTF-8 as what it is. */
export const BYTE_ORDER_MARK = '\ufeff';

/**
 * One line. A cell that a spreadsheet would take for a formula gets an apostrophe before it: names and answers come from citizens, and nothing of theirs shall run at a
 * clerk's desk (OWASP: CSV injection). So does a long number, such as a case's, which it would round.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) || /^\d{12,}$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
