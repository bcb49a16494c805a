import { type ReactNode, useEffect, useState } from 'react';
import type { OwnFile } from '../../../domain/contracts/kiosk.ts';
import type { ItemMaterial } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { ownPage } from './own-page.ts';
import './own-pages.css';

type Shown = { file: OwnFile; pages: { bytes: Uint8Array; address: string }[] };

/** Papers from the citizen's own stick: its files, the pages of one of them as pictures, and those that are chosen become pages of the material. */
export function StickPages(props: { material: ItemMaterial; onDone(): void }): ReactNode {
  const [round, setRound] = useState(0);
  return <Stick key={round} {...props} onAgain={() => setRound(round + 1)} />;
}

/** One look at what is in the machine. */
function Stick({ material, onDone, onAgain }: { material: ItemMaterial; onDone(): void; onAgain(): void }): ReactNode {
  const { t, word, view: { stamp }, client, wish } = useVisit();
  const [files, setFiles] = useState<OwnFile[] | null | 'looking'>('looking');
  const [opening, setOpening] = useState<number | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [keeping, setKeeping] = useState(false);
  const [kept, setKept] = useState(0);

  useEffect(() => {
    let wanted = true;
    client.stickFiles().then((found) => wanted && setFiles(found), () => wanted && setFiles(null));
    return () => {
      wanted = false;
    };
  }, [client]);
  // Pictures are given back when they leave the screen, so nothing of the stick stays in memory.
  useEffect(() => () => shown?.pages.forEach(({ address }) => URL.revokeObjectURL(address)), [shown]);

  async function open(file: OwnFile): Promise<void> {
    setFault(null);
    setOpening(file.file);
    const answer = await client.openStickFile({ file: file.file }).catch(() => null);
    setOpening(null);
    if (answer === null || !answer.ok) return setFault(answer === null ? 'broken' : answer.error.kind);
    setLeft(new Set());
    setShown({ file, pages: answer.value.map((bytes) => ({ bytes, address: URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' })) })) });
  }
  async function keep(): Promise<void> {
    if (shown === null || stamp === null) return;
    setKeeping(true);
    let [count, wrong] = [0, null as string | null];
    for (const [index, { bytes }] of shown.pages.entries()) {
      if (left.has(index)) continue;
      const { quality, page } = await ownPage(bytes, stamp);
      if (page === null) wrong = quality === 'ok' ? 'too-large' : quality;
      else if (await wish((core) => core.addPage({ material: material.key, from: 'stick', ...page }))) count += 1;
    }
    setKeeping(false);
    setKept(kept + count);
    setFault(wrong);
    setShown(null);
  }

  const back = { words: t('capture.back'), onPress: onDone };
  if (shown !== null) {
    const chosen = shown.pages.length - left.size;
    const turn = (at: number) => setLeft(left.has(at) ? new Set([...left].filter((other) => other !== at)) : new Set([...left, at]));
    return (
      <Screen
        title={t('stick.pages')}
        lead={t('stick.pages.lead', { name: shown.file.name })}
        back={{ words: t('stick.back'), onPress: () => setShown(null) }}
        actions={<Button size="main" tone="main" busy={keeping} isDisabled={chosen === 0} icon={<Icon name="check" />} onPress={() => drop(keep())}>{t('stick.keep', { count: chosen })}</Button>}
      >
        <div className="stick-pages">
          {shown.pages.map((page, index) => (
            <button key={page.address} type="button" className="stick-page" aria-pressed={!left.has(index)} aria-label={t('stick.page', { number: index + 1 })} onClick={() => turn(index)}>
              <img src={page.address} alt="" />
              <span className="stick-page-mark" aria-hidden="true">{!left.has(index) ? <Icon name="check" size={1} /> : index + 1}</span>
            </button>
          ))}
        </div>
      </Screen>
    );
  }
  return (
    <Screen
      title={t('stick.title', { material: material.name })}
      lead={t('stick.lead')}
      back={back}
      actions={
        kept > 0 ? <Button size="main" tone="main" icon={<Icon name="check" />} onPress={onDone}>{t('stick.done', { count: kept })}</Button>
          : <Button size="main" icon={<Icon name="retry" />} onPress={onAgain}>{t('stick.look')}</Button>
      }
    >
      {fault === null ? null : <Notice tone="fault" live title={word('own.refused.', fault, 'own.refused.broken')} />}
      {files === 'looking' ? <Notice tone="info" live title={t('stick.looking')} />
        : files === null ? <Notice tone="info" live title={t('stick.none')}>{t('stick.none.words')}</Notice>
          : files.length === 0 ? <Notice tone="warn" live title={t('stick.empty')}>{t('stick.empty.words')}</Notice> : (
            <ul className="stick-files">
              {files.map((file) => (
                <li key={file.file}>
                  <button type="button" className="stick-file" disabled={opening !== null} onClick={() => drop(open(file))}>
                    <Icon name={file.type === 'pdf' ? 'paper' : 'camera'} size={1.3} />
                    <span className="stick-file-name">{file.name}</span>
                    <span className="number">{opening === file.file ? t('stick.opening') : t('stick.size', { size: (file.size / 1_000_000).toFixed(1) })}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
      <p className="own-trust">{t('own.trust')}</p>
    </Screen>
  );
}
