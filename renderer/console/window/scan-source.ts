/**
 * Where a window's scans come from beside the clerk's own hands. A scanner that can save to a folder needs no driver here: what appears in the folder is taken.
 * Another kind of source, such as a scanner's own service on this computer, is one more of these.
 */
export type ScanSource = { /** Gives every new scan until the signal ends it. */ follow(take: (file: File) => void, signal: AbortSignal): Promise<void> };

/** How often the folder is looked at, milliseconds: a clerk looks up from the scanner after a second or two. */
const LOOK_EVERY = 1500;
const SCANS = /\.(jpe?g|png|pdf)$/i;

/** The part of the browser's folder handle that is used (File System Access, WICG). */
type Folder = { values(): AsyncIterable<{ kind: string; name: string; getFile?: () => Promise<File> }> };

/** Whether this browser lets a page look into a folder. */
export function canWatchFolders(): boolean {
  return 'showDirectoryPicker' in window;
}

/** Asks the clerk for the scanner's folder. @returns null when they chose none */
export async function pickFolder(): Promise<ScanSource | null> {
  const { showDirectoryPicker } = window as unknown as { showDirectoryPicker(options: { mode: 'read' }): Promise<Folder> };
  try {
    return folderSource(await showDirectoryPicker({ mode: 'read' }));
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') return null;
    throw cause;
  }
}

/** New files of a folder, each once, in the order of their names. What lies there already is somebody else's. A file that still grows is taken when it rests. */
export function folderSource(folder: Folder, wait: (milliseconds: number) => Promise<void> = (time) => new Promise((resolve) => setTimeout(resolve, time))): ScanSource {
  return {
    async follow(take, signal) {
      const sizes = new Map<string, number>();
      const taken = new Set((await filesOf(folder)).map(({ name }) => name));
      while (!signal.aborted) {
        for (const file of await filesOf(folder)) {
          if (taken.has(file.name)) continue;
          if (file.size > 0 && sizes.get(file.name) === file.size) {
            taken.add(file.name);
            take(file);
          } else sizes.set(file.name, file.size);
        }
        await wait(LOOK_EVERY);
      }
    },
  };
}

async function filesOf(folder: Folder): Promise<File[]> {
  const files: File[] = [];
  for await (const entry of folder.values()) if (entry.kind === 'file' && SCANS.test(entry.name) && entry.getFile !== undefined) files.push(await entry.getFile());
  return files.toSorted((left, right) => (left.name < right.name ? -1 : 1));
}
