/**
 * JSON Canonicalization Scheme (RFC 8785): one text for one value, whatever order its members came in.
 * Only JSON values are taken; `undefined`, functions, non-finite numbers and lone surrogates are bugs and throw.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('a lone surrogate has no canonical form');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError('only finite numbers have a canonical form');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object': {
      if (value === null) return 'null';
      // Texts grow in place and the sort is the engine's own, which is by UTF-16 units as RFC 8785 asks: each hand-in waits for this.
      let text = '';
      if (Array.isArray(value)) {
        for (const member of value) text += `${text === '' ? '' : ','}${canonicalJson(member)}`;
        return `[${text}]`;
      }
      for (const key of Object.keys(value).sort()) text += `${text === '' ? '' : ','}${canonicalJson(key)}:${canonicalJson(Reflect.get(value, key))}`;
      return `{${text}}`;
    }
    default:
      throw new TypeError(`${typeof value} has no canonical form`);
  }
}
