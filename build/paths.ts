/** Where the tools find and keep things. */
import { homedir } from 'node:os';
import path from 'node:path';

/** The folder of this project: every path the tools name is below it. */
export const projectDirectory = path.resolve(import.meta.dirname, '..');

/**
 * What is costly to make and the same for every copy of the project on this machine (Electron, a built native module)
 * is kept here: `$XDG_CACHE_HOME/jinban`, by default `~/.cache/jinban`. It can be deleted at any time.
 */
export const cacheDirectory = path.join(process.env['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache'), 'jinban');

/** Absolute path of something in the project. */
export function inProject(...parts: string[]): string {
  return path.join(projectDirectory, ...parts);
}
