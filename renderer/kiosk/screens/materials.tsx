import { type ReactNode, useState } from 'react';
import type { MaterialOffer, SessionView } from '../../../domain/contracts/kiosk.ts';
import type { ItemMaterial } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { StatusPill } from '../../ui/status-pill.tsx';
import { Capture } from '../capture/capture.tsx';
import { PhonePages } from '../capture/phone-pages.tsx';
import { Scanner } from '../capture/scanner.tsx';
import { StickPages } from '../capture/stick-pages.tsx';
import { askedWords, isNeeded, materialsOf, missingMaterials, sectionsOf } from '../form-rules.ts';
import { PagePicture } from '../page-picture.tsx';
import { ConfirmDialog } from '../dialogs.tsx';
import { KeepLater } from '../keep-later.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { NotBrought } from './not-brought.tsx';
import { PromiseScreen } from './promise.tsx';
import './materials.css';

/** The item's materials as a list to tick off, each with its pages. */
export function MaterialsScreen(): ReactNode {
  const { t, view, terminal, wish, busy } = useVisit();
  const [capturing, setCapturing] = useState<string | null>(null);
  const [scanning, setScanning] = useState<string | null>(null);
  const [removing, setRemoving] = useState<{ material: string; page: string; number: number } | null>(null);
  const [own, setOwn] = useState<{ from: 'phone' | 'stick'; material: string } | null>(null);
  const [promising, setPromising] = useState<MaterialOffer | null>(null);
  const [missing, setMissing] = useState(false);
  const materials = materialsOf(view);
  const pagesOf = (key: string) => view.materials.find((one) => one.key === key)?.pages ?? [];
  const open = missingMaterials(view);
  const taking = materials.find((material) => material.key === capturing);
  if (taking !== undefined) return <Capture material={taking} onDone={() => setCapturing(null)} />;
  const feeding = materials.find((material) => material.key === scanning);
  if (feeding !== undefined) return <Scanner material={feeding} onDone={() => setScanning(null)} />;
  const ours = materials.find((material) => material.key === own?.material);
  if (ours !== undefined && own?.from === 'phone') return <PhonePages material={ours} onDone={() => setOwn(null)} />;
  if (ours !== undefined && own?.from === 'stick') return <StickPages material={ours} onDone={() => setOwn(null)} />;
  const promised = materials.find((material) => material.key === promising?.key);
  if (promised !== undefined && promising !== null) return <PromiseScreen material={promised} offer={promising} onDone={() => setPromising(null)} />;
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
  const promiseOf = (key: string) => view.promises.find((promise) => promise.key === key) ?? null;
  const done = materials.filter((material) => pagesOf(material.key).length > 0 || promiseOf(material.key) !== null).length;
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
          <MaterialCard key={material.key} material={material} number={index + 1} isNeeded={isNeeded(view, material)} pages={pagesOf(material.key)} asked={askedWords(view, 'material', material.key)} onCapture={() => setCapturing(material.key)} onScan={hasScanner ? () => setScanning(material.key) : null} onOwn={(from) => setOwn({ from, material: material.key })} promise={promiseOf(material.key)} offers={view.promisable.filter(({ key }) => key === material.key)} onPromise={setPromising} onTakeBack={() => drop(wish((core) => core.takePromiseBack({ material: material.key })))} onRemove={(page, number) => setRemoving({ material: material.key, page, number })} />
        ))}
      </ol>
      {view.item === null || supplementing !== null ? null : <NotBrought item={view.item} />}
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

function MaterialCard(props: { material: ItemMaterial; number: number; isNeeded: boolean; pages: readonly { id: string }[]; asked: string; onCapture(): void; /** null: no scanner works here now. */ onScan: (() => void) | null; onOwn(from: 'phone' | 'stick'): void; promise: SessionView['promises'][number] | null; offers: readonly MaterialOffer[]; onPromise(offer: MaterialOffer): void; onTakeBack(): void; onRemove(page: string, number: number): void }): ReactNode {
  const { t, day, terminal } = useVisit();
  const { material, pages, promise } = props;
  const ways = (['phone', 'stick'] as const).filter((from) => terminal.own[from]);
  const has = pages.length > 0;
  return (
    <li className={`material${has || promise !== null ? ' material-done' : ''}`}>
      <div className="material-head">
        <span className="material-mark" aria-hidden="true">
          {has || promise !== null ? <Icon name="check" size={1} /> : props.number}
        </span>
        <div className="material-words">
          <h2>{material.name}</h2>
          <p>{has ? t('materials.pages', { count: pages.length }) : material.sample === '' ? t(`material.original.${material.original}`) : material.sample}</p>
          {material.condition === '' || props.isNeeded ? null : <p>{t('material.when', { condition: material.condition })}</p>}
        </div>
        <StatusPill tone={promise !== null ? 'good' : has ? 'good' : props.isNeeded ? 'info' : 'quiet'} icon={promise !== null ? 'sign' : has ? 'done' : props.isNeeded ? 'camera' : 'info'}>
          {promise !== null ? t(`promise.state.${promise.kind}`) : has ? t('material.state.done') : props.isNeeded ? t('material.required') : t('material.conditional')}
        </StatusPill>
      </div>
      {props.asked === '' ? null : <Notice tone="warn" title={t('case.asked')}>{props.asked}</Notice>}
      {promise === null ? null : <Notice tone="good" title={promise.by === null ? t('promise.made.commitment') : t('promise.made.deferral', { day: day(promise.by) })} />}
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
      {promise === null && props.offers.length === 0 && ways.length === 0 ? null : (
        <div className="material-offers">
          {ways.map((from) => (
            <Button key={from} icon={<Icon name={from === 'phone' ? 'phone' : 'stick'} />} label={`${t(`own.${from}`)}：${material.name}`} onPress={() => props.onOwn(from)}>
              {t(`own.${from}`)}
            </Button>
          ))}
          {promise === null ? null : (
            <Button icon={<Icon name="remove" />} label={`${t('promise.take-back')}：${material.name}`} onPress={props.onTakeBack}>
              {t('promise.take-back')}
            </Button>
          )}
          {promise !== null ? null : props.offers.map((offer) => (
            <Button key={offer.kind} icon={<Icon name={offer.kind === 'commitment' ? 'sign' : 'clock'} />} label={`${t(`promise.offer.${offer.kind}`)}：${material.name}`} onPress={() => props.onPromise(offer)}>
              {t(`promise.offer.${offer.kind}`)}
            </Button>
          ))}
        </div>
      )}
    </li>
  );
}
