import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PageReading, ScannedPage, ScanSource } from '../../../domain/contracts/document-scanner.ts';
import type { ItemMaterial } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { pageOfJpeg } from './picture.ts';
import './scanner.css';

/** What became of a page: kept, with what may be wrong with it; or not, since nothing is on it. */
type Fed = { number: number; kept: boolean; findings: ScannedPage['findings'] };
type Going = 'waiting' | 'scanning' | 'over';

/** Pages from the machine's scanner: the citizen says where the paper lies, and each page is kept as it comes. Empty backs are left out. */
export function Scanner({ material, onDone }: { material: ItemMaterial; onDone(): void }): ReactNode {
  const { t, word, view: { stamp }, client, wish, terminal } = useVisit();
  const [going, setGoing] = useState<Going | null>(null);
  const [fed, setFed] = useState<readonly Fed[]>([]);
  const [fault, setFault] = useState<string | null>(null);
  const scan = useRef<AbortController | null>(null);
  useEffect(() => () => scan.current?.abort(), []);

  async function keep({ bytes, findings }: ScannedPage): Promise<boolean> {
    const blank = findings.some(({ kind }) => kind === 'blank');
    const page = blank || stamp === null ? null : await pageOfJpeg(bytes, stamp);
    const kept = page !== null && (await wish((core) => core.addPage({ material: material.key, from: 'scanner', ...page })));
    setFed((before) => [...before, { number: before.length + 1, kept, findings }]);
    return kept || blank;
  }

  /** @returns whether to go on listening */
  async function hear(reading: PageReading): Promise<boolean> {
    switch (reading.kind) {
      case 'place-paper':
        setGoing('waiting');
        return true;
      case 'scanning':
        setGoing('scanning');
        return true;
      case 'page':
        return keep(reading.page);
      case 'done':
        return false;
      case 'stopped':
        setFault(word('scan.stopped.', reading.reason, 'scan.stopped.other'));
        return false;
      case 'unavailable':
        setFault(word('device.reason.', 'reason' in reading.status ? reading.status.reason : '', 'device.reason.other'));
        return false;
    }
  }

  async function begin(source: ScanSource): Promise<void> {
    scan.current?.abort();
    const mine = new AbortController();
    scan.current = mine;
    setFault(null);
    setGoing('scanning');
    try {
      for await (const reading of await client.scanMaterial({ source }, { signal: mine.signal })) if (!(await hear(reading))) break;
    } catch {
      // Core went away, or the citizen left: the waiting screen says so, or nobody needs to hear it.
    } finally {
      // Leaving the stream ends the scan in the scanner, too.
      mine.abort();
    }
    if (scan.current === mine) setGoing('over');
  }

  const busy = going === 'waiting' || going === 'scanning';
  const kept = fed.filter((page) => page.kept).length;
  return (
    <Screen
      title={t('scan.title', { material: material.name })}
      lead={t('scan.lead')}
      back={{ words: t('capture.back'), onPress: onDone }}
      actions={
        busy ? (
          <Button size="main" tone="stop" onPress={() => scan.current?.abort()}>
            {t('scan.stop')}
          </Button>
        ) : kept === 0 ? null : (
          <Button size="main" tone="main" icon={<Icon name="check" />} onPress={onDone}>
            {t('scan.done', { count: kept })}
          </Button>
        )
      }
    >
      {fault === null ? null : <Notice tone="fault" live title={fault}>{t('scan.fault.words', { phone: terminal.phone })}</Notice>}
      {busy ? (
        <Notice tone={going === 'waiting' ? 'warn' : 'info'} live title={t(going === 'waiting' ? 'scan.place' : 'scan.going', { number: fed.length + 1 })} />
      ) : (
        <div className="scan-sources">
          {(['feeder', 'feeder-duplex', 'flatbed'] as const).map((source) => (
            <button key={source} type="button" className="scan-source" onClick={() => drop(begin(source))}>
              <strong>{t(`scan.source.${source}`)}</strong>
              <span>{t(`scan.source.${source}.words`)}</span>
            </button>
          ))}
        </div>
      )}
      {fed.length === 0 ? null : (
        <ol className="scan-pages">
          {fed.map((page) => (
            <li key={page.number} className={page.kept ? 'scan-page-kept' : undefined}>
              <Icon name={page.kept ? 'done' : 'info'} />
              <span>
                {t(page.kept ? 'scan.page.kept' : page.findings.some(({ kind }) => kind === 'blank') ? 'scan.page.blank' : 'scan.page.lost', { number: page.number })}
                {page.kept && page.findings.length > 0 ? <em>{page.findings.map(({ kind }) => word('scan.finding.', kind, 'scan.finding.other')).join('，')}</em> : null}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Screen>
  );
}
