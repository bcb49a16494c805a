import { useEffect, useEffectEvent } from 'react';
import { type CaseId, Hash } from '../../../domain/ids.ts';
import { drop } from '../../../domain/result.ts';
import { scanAddress } from '../hall.ts';

/** A page that was given to the hall, or is on its way. `hash` null until the hall has it. `fault`: why it has not. */
export type Scan = { key: number; name: string; picture: string; hash: Hash | null; fault: string };
/** Pages by the key of their material, in order. */
export type Scans = Readonly<Record<string, readonly Scan[]>>;

let made = 0;

/** Pages of a case on their way to the hall, which seals each at once. @param change keeps what became of them */
export function scanDesk(id: CaseId, change: (make: (before: Scans) => Scans) => void): { add(material: string, files: readonly File[]): void; remove(material: string, key: number): void } {
  const put = (material: string, make: (pages: readonly Scan[]) => readonly Scan[]) => change((before) => ({ ...before, [material]: make(before[material] ?? []) }));
  return {
    add(material, files) {
      for (const file of files) {
        const key = (made += 1);
        put(material, (pages) => [...pages, { key, name: file.name, picture: file.type.startsWith('image/') ? URL.createObjectURL(file) : '', hash: null, fault: '' }]);
        drop(send(id, file).then((sent) => put(material, (pages) => pages.map((page) => (page.key === key ? { ...page, ...sent } : page)))));
      }
    },
    remove: (material, key) => put(material, (pages) => pages.filter((page) => page.key !== key)),
  };
}

/** The pages of a material that the hall has. */
export function hashesOf(scans: Scans, material: string): Hash[] {
  return (scans[material] ?? []).flatMap(({ hash }) => (hash === null ? [] : [hash]));
}

export function isUnderWay(scans: Scans): boolean {
  return Object.values(scans).flat().some(({ hash, fault }) => hash === null && fault === '');
}

/** Pictures that are pasted anywhere on the page. */
export function usePastedFiles(onFiles: (files: readonly File[]) => void): void {
  const take = useEffectEvent(onFiles);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...event.clipboardData?.files ?? []];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    };
    document.addEventListener('paste', paste);
    return () => document.removeEventListener('paste', paste);
  }, []);
}

async function send(id: CaseId, file: File): Promise<Pick<Scan, 'hash' | 'fault'>> {
  try {
    const answer = await fetch(scanAddress(id), { method: 'POST', body: file, headers: { 'content-type': file.type }, credentials: 'same-origin' });
    if (!answer.ok) return { hash: null, fault: answer.status === 413 ? 'too-large' : answer.status === 415 ? 'not-a-scan' : answer.status === 401 ? 'signed-out' : answer.status >= 502 ? 'away' : 'failed' };
    const said = await answer.json() as { ok: boolean; value?: { hash: string }; error?: { kind: string } };
    return said.ok ? { hash: Hash.parse(said.value?.hash), fault: '' } : { hash: null, fault: said.error?.kind ?? 'failed' };
  } catch {
    return { hash: null, fault: 'away' };
  }
}
