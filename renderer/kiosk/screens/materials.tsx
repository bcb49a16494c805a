import { type ReactNode, useState } from 'react';
import type { ItemMaterial } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { Capture } from '../capture/capture.tsx';
import { Scanner } from '../capture/scanner.tsx';
import { askedWords, isNeeded, materialsOf, missingMaterials, sectionsOf } from '../form-rules.ts';
import { PagePicture } from '../page-picture.tsx';
import { ConfirmDialog } from '../dialogs.tsx';
import { KeepLater } from '../keep-later.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import './materials.css';

/** The item's materials as a list to tick off, each with its pages. */
export function MaterialsScreen(): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  const [capturing, setCapturing] = useState<string | null>(null);
  const [scanning, setScanning] = useState<string | null>(null);
  const [removing, setRemoving] = useState<{ material: string; page: string; number: number } | null>(null);
  const [missing, setMissing] = useState(false);
  const materials = materialsOf(view);
  const pagesOf = (key: string) => view.materials.find((one) => one.key === key)?.pages ?? [];
  const open = missingMaterials(view);
  const taking = materials.find((material) => material.key === capturing);
  if (taking !== undefined) return <Capture material={taking} onDone={() => setCapturing(null)} />;
  const feeding = materials.find((material) => material.key === scanning);
  if (feeding !== undefined) return <Scanner material={feeding} onDone={() => setScanning(null)} />;
  const hasScanner = terminal.devices['document-scanner'].kind === 'online';

  const goOn = () => {
    setMissing(open.length > 0);
    if (open.length === 0) drop(wish((core) => core.go({ step: 'check', errand: view.errand })));
  };
  // A correction may ask for materials alone.
  const asksForm = sectionsOf(view, view.form?.values ?? {}).length > 0;
  const { supplementing } = view;
  const back =
    asksForm || supplementing === null
      ? { words: t('back.form'), onPress: () => drop(wish((core) => core.go({ step: 'form', errand: view.errand }))) }
      : { words: t('back.case'), onPress: () => drop(wish((core) => core.openCase({ case: supplementing }))) };
  const done = materials.filter((material) => pagesOf(material.key).length > 0).length;
  return (
    <Screen
      title={t('materials.title')}
      lead={materials.length === 0 ? t('materials.none') : t('materials.lead', { done, of: materials.length })}
      back={back}
      actions={
        <Button size="main" tone="main" busy={busy} iconAfter={<Icon name="forward" />} onPress={goOn}>
          {t('materials.next')}
        </Button>
      }
    >
      {missing && open.length > 0 ? <Notice tone="fault" live title={t('materials.missing', { names: open.map((material) => material.name).join('、') })} /> : null}
      <ol className="materials">
        {materials.map((material, index) => (
          <MaterialCard key={material.key} material={material} number={index + 1} isNeeded={isNeeded(view, material)} pages={pagesOf(material.key)} asked={askedWords(view, 'material', material.key)} onCapture={() => setCapturing(material.key)} onScan={hasScanner ? () => setScanning(material.key) : null} onRemove={(page, number) => setRemoving({ material: material.key, page, number })} />
        ))}
      </ol>
      {removing === null ? null : (
        <ConfirmDialog
          title={t('materials.remove.title', { number: removing.number })}
          words={t('materials.remove.words')}
          yes={t('materials.remove')}
          no={t('materials.remove.keep')}
          onYes={() => drop(wish((core) => core.removePage({ material: removing.material, page: removing.page })).then(() => setRemoving(null)))}
          onNo={() => setRemoving(null)}
        />
      )}
      <KeepLater />
    </Screen>
  );
}

function MaterialCard(props: { material: ItemMaterial; number: number; isNeeded: boolean; pages: readonly { id: string }[]; asked: string; onCapture(): void; /** null: no scanner works here now. */ onScan: (() => void) | null; onRemove(page: string, number: number): void }): ReactNode {
  const { t } = useVisit();
  const { material, pages } = props;
  const has = pages.length > 0;
  return (
    <li className={`material${has ? ' material-done' : ''}`}>
      <div className="material-head">
        <span className="material-mark" aria-hidden="true">
          {has ? <Icon name="check" size={1} /> : props.number}
        </span>
        <div className="material-words">
          <h2>{material.name}</h2>
          <p>{has ? t('materials.pages', { count: pages.length }) : material.sample === '' ? t(`material.original.${material.original}`) : material.sample}</p>
          {material.condition === '' || props.isNeeded ? null : <p>{t('material.when', { condition: material.condition })}</p>}
        </div>
        <StatusPill tone={has ? 'good' : props.isNeeded ? 'info' : 'quiet'} icon={has ? 'done' : props.isNeeded ? 'camera' : 'info'}>
          {has ? t('material.state.done') : props.isNeeded ? t('material.required') : t('material.conditional')}
        </StatusPill>
      </div>
      {props.asked === '' ? null : <Notice tone="warn" title={t('case.asked')}>{props.asked}</Notice>}
      <div className="material-pages">
        {pages.map((page, index) => (
          <figure key={page.id} className="material-page">
            <PagePicture page={page.id} label={t('materials.page', { material: material.name, number: index + 1 })} />
            <figcaption className="number">{index + 1}</figcaption>
            <button type="button" className="material-remove" aria-label={t('materials.remove.label', { material: material.name, number: index + 1 })} onClick={() => props.onRemove(page.id, index + 1)}>
              <Icon name="remove" size={1.1} />
            </button>
          </figure>
        ))}
        <button type="button" className={`material-add${has ? '' : ' material-add-first'}`} onClick={props.onCapture}>
          <Icon name={has ? 'add' : 'camera'} size={1.3} />
          <span>
            {has ? t('materials.more') : t('materials.take')}
            <span className="unseen">{material.name}</span>
          </span>
        </button>
        {props.onScan === null ? null : (
          <button type="button" className={`material-add${has ? '' : ' material-add-first'}`} onClick={props.onScan}>
            <Icon name="paper" size={1.3} />
            <span>
              {t('materials.scan')}
              <span className="unseen">{material.name}</span>
            </span>
          </button>
        )}
      </div>
    </li>
  );
}
