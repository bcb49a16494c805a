/** What the doctor says about one thing of this machine. */

/**
 * - `fine`: it is here and works as far as can be seen.
 * - `warning`: the main job works without it, or with what is here; `mend` says how to do better.
 * - `lacking`: the main job does not work; `mend` says what to do.
 */
export type Check = { name: string; found: string } & ({ state: 'fine' } | { state: 'warning' | 'lacking'; mend: string });

export function fine(name: string, found: string): Check {
  return { name, found, state: 'fine' };
}

export function warning(name: string, found: string, mend: string): Check {
  return { name, found, state: 'warning', mend };
}

export function lacking(name: string, found: string, mend: string): Check {
  return { name, found, state: 'lacking', mend };
}

/** The table a person reads: what is wrong carries its mend on the next line. */
function table(checks: readonly Check[]): string {
  const width = Math.max(...checks.map((check) => check.name.length));
  const marks = { fine: 'ok  ', warning: 'warn', lacking: 'LACK' };
  const lines = checks.flatMap((check) => {
    const line = `${marks[check.state]}  ${check.name.padEnd(width)}  ${check.found}`;
    return check.state === 'fine' ? [line] : [line, `${' '.repeat(width + 8)}${check.mend}`];
  });
  return `${lines.join('\n')}\n`;
}

/** Writes the table and what it comes to. @returns the exit code */
export function report(checks: readonly Check[]): number {
  process.stdout.write(table(checks));
  const lacks = checks.filter(({ state }) => state === 'lacking').length;
  process.stdout.write(lacks === 0 ? '\nEverything the main job needs is here.\n' : `\n${lacks} missing.\n`);
  return lacks === 0 ? 0 : 1;
}
