/** A ULID in groups behind two letters that say what it is the id of: easy to read out over a telephone, and neither name nor number. */
export function grouped(prefix: string, id: string): string {
  return `${prefix}-${id.slice(0, 8)}-${id.slice(8, 14)}-${id.slice(14, 20)}-${id.slice(20)}`;
}

const GROUPS = /^([A-Z]{2})-([0-9A-Z]{8})-([0-9A-Z]{6})-([0-9A-Z]{6})-([0-9A-Z]{6})$/;

/** Inverse of `grouped`, as a scanner or a person reads it; null for any other text, or other letters. */
export function ungrouped(prefix: string, text: string): string | null {
  const [found, ...groups] = GROUPS.exec(text.trim().toUpperCase())?.slice(1) ?? [];
  return found === prefix ? groups.join('') : null;
}
