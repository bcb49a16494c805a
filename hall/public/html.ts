/** Markup that was written by us; everything else is text and is escaped when it is put into it. */
export type Html = { readonly markup: string };

type Part = string | number | Html | readonly Html[] | null;

/** A piece of a page: `html\`<p>${text}</p>\``. What is put in is escaped, unless it is markup itself; null puts in nothing. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: pieces.reduce((whole, piece, index) => whole + markupOf(parts[index - 1] ?? null) + piece) };
}

function markupOf(part: Part): string {
  if (part === null) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return 'markup' in part ? part.markup : part.map(({ markup }) => markup).join('');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter);
}
