/** What a person, a test or the demo can do to an emulator, as words. A word that does not fit is a RangeError. */
export type Verbs<Emulator> = Readonly<Record<string, { usage: string; run(emulator: Emulator, words: readonly string[]): void | Promise<void> }>>;

/** Runs one line. @returns `ok` and the emulator's counts as JSON, or `error` and why */
export async function obey<Emulator>(verbs: Verbs<Emulator>, emulator: Emulator, line: string, counts: (emulator: Emulator) => object): Promise<string> {
  const [name = '', ...words] = line.trim().split(/\s+/);
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === undefined) return `error unknown verb; one of: ${listOf(verbs).join(', ')}`;
  try {
    await verb.run(emulator, words);
  } catch (cause) {
    if (cause instanceof RangeError) return `error ${cause.message}; usage: ${name} ${verb.usage}`.trimEnd();
    throw cause;
  }
  return `ok ${JSON.stringify(counts(emulator))}`;
}

/** Every verb with its words. */
export function listOf<Emulator>(verbs: Verbs<Emulator>): string[] {
  return Object.entries(verbs).map(([name, { usage }]) => `${name} ${usage}`.trim());
}

/** A word that is a whole number; `otherwise` when it is left out. */
export function wholeNumber(word: string | undefined, otherwise: number): number {
  if (word === undefined) return otherwise;
  if (!/^\d{1,6}$/.test(word)) throw new RangeError('a whole number is needed');
  return Number(word);
}
