import type { Migration } from '../../terminal-store/migrations/index.ts';
import { lists } from './0010-lists.ts';

/** Steps of `site.db`, as those of the terminal's store: numbers rise by ten, the file of a step is `<number>-<name>.ts`. */
export const SITE_MIGRATIONS: readonly Migration[] = [lists];
