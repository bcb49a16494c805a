/** Days of these years are counted with; PostgreSQL has no year 0, and the end of the year 9999 in China is no instant of JavaScript. */
const YEARS = { first: 1800, last: 2999 };
const DAY_OR_INSTANT = /^(\d{4})-\d\d-\d\d(T[\d:.]+Z)?$/;
/** An item, the deepest that is sent, has twelve levels; a thousand times as many are more than a stack holds when they are written out again. */
const DEEPEST = 64;

/**
 * Whether a request holds only what can be kept and counted with, wherever it stands in it: no more than `DEEPEST` levels, texts without NUL, which PostgreSQL
 * does not take, and days of `YEARS`. Contracts say what each member is; this is true of all of them.
 */
export function isSound(input: unknown): boolean {
  return everyPart(input, (text) => {
    const year = Number(DAY_OR_INSTANT.exec(text)?.[1] ?? YEARS.first);
    return !text.includes('\0') && year >= YEARS.first && year <= YEARS.last;
  });
}

/** Whether something has no more levels than can be worked on. */
export function isShallow(input: unknown): boolean {
  return everyPart(input, () => true);
}

/** Whether every text in something, names of members too, is right and nothing lies deeper than `DEEPEST`. Without recursion: whoever sends may nest two million deep. */
function everyPart(input: unknown, isRight: (text: string) => boolean): boolean {
  const left: { value: unknown; depth: number }[] = [{ value: input, depth: 0 }];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    const { value, depth } = part;
    if (typeof value === 'string' && !isRight(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    if (depth === DEEPEST) return false;
    for (const [name, member] of Object.entries(value)) left.push({ value: name, depth }, { value: member, depth: depth + 1 });
  }
  return true;
}
