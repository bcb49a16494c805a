/** What the tools tell the person at the keyboard: progress to standard error, so that standard output stays data. */

/** One line of progress, in the present tense: "Unpacking Electron 33.2.1". */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Ends a verb that cannot do its work: one sentence saying what is missing and one saying how to mend it. */
export function stop(problem: string, mend: string): never {
  process.stderr.write(`jinban: ${problem}\n        ${mend}\n`);
  process.exit(1);
}
