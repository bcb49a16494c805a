import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { inProject } from './paths.ts';

/**
 * Files tested at once on the two cores of the smallest machine that must run them, by what they do. Windows and pages draw: more of them would only wait for one another. Stories through devices and lines wait for these
 * three quarters of their time. Vitest runs projects with different numbers one after the other.
 */
export const WORKERS = { windows: 3, stories: 4, modules: 4 };

/** Files that take minutes, the longest first. Vitest goes by size where it has no times of an earlier run; begun last, one of these would run alone while the other workers stand idle. */
const LONG = ['test/electron/kill', 'test/electron/voice', 'test/electron/citizens', 'test/screens/kiosk-screens', 'test/screens/console-screens', 'test/screens/kiosk-walks', 'test/faults/device-matrix', 'test/flows/paper', 'test/flows/parties', 'hall/main', 'test/flows/line', 'test/faults/line', 'test/faults/kill', 'test/faults/full-disk', 'test/faults/two-halls'];

/** The longest files first, then as Vitest orders them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONG.findIndex((name) => moduleId.startsWith(inProject(name)));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((one, other) => place(one) - place(other));
  }
}
