import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ItemMaterial } from '../../../domain/item/types.ts';
import type { PictureQuality } from '../../../domain/material/quality.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { DocumentUnderCamera } from '../../ui/illustrations/document-under-camera.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { type Crop, shrink, USUAL, WHOLE } from './crop.ts';
import { CropFrame } from './crop-frame.tsx';
import { type CameraFault, LiveView } from './live-view.tsx';
import { freeze, judge, type Page, pageOf, turned } from './picture.ts';
import './capture.css';

/** One press of "smaller" or "larger": about a finger's width of an A4 sheet. */
const CROP_STEP = 0.03;

/**
 * Taking one page: lay it down, shoot, set the corners, check that it can be read, keep it. A page that nobody could read is not
 * offered to be kept; the words say what to do about it.
 */
export function Capture({ material, onDone }: { material: ItemMaterial; onDone(): void }): ReactNode {
  const { t, view: { stamp }, wish, busy, terminal } = useVisit();
  const [live, setLive] = useState<HTMLVideoElement | null>(null);
  const [fault, setFault] = useState<CameraFault | null>(null);
  const [shot, setShot] = useState<HTMLCanvasElement | null>(null);
  const [turns, setTurns] = useState(0);
  const [crop, setCrop] = useState<Crop>(USUAL);
  const picture = shot === null ? null : turned(shot, turns);
  const ready = useReady(shot, turns, crop, stamp);

  function shoot(): void {
    if (live === null) return;
    setShot(freeze(live));
    setLive(null);
  }
  function retake(): void {
    setShot(null);
    setTurns(0);
    setCrop(USUAL);
  }
  async function keep(): Promise<void> {
    if (picture === null || stamp === null) return;
    const page = await (ready?.page ?? pageOf(picture, crop, stamp));
    const kept = await wish((core) => (page === null ? Promise.resolve({ ok: false, error: { kind: 'bad-picture', why: 'too-large' } }) : core.addPage({ material: material.key, from: 'camera', ...page })));
    if (kept) onDone();
    else retake();
  }

  const back = { words: t('capture.back'), onPress: onDone };
  if (picture === null) {
    return (
      <Screen
        title={t('capture.title', { material: material.name })}
        lead={t('capture.lead')}
        back={back}
        actions={
          fault !== null ? (
            <Button size="main" icon={<Icon name="retry" />} onPress={() => setFault(null)}>
              {t('capture.retry')}
            </Button>
          ) : (
            <Button size="main" tone="main" icon={<Icon name="camera" />} isDisabled={live === null} onPress={shoot}>
              {t('capture.shoot')}
            </Button>
          )
        }
      >
        {fault !== null ? (
          <>
            <DocumentUnderCamera />
            <Notice tone="fault" live title={t(`capture.camera.${fault}`)}>
              {t('capture.camera.words', { phone: terminal.phone })}
            </Notice>
          </>
        ) : (
          <>
            <div className="capture-view">
              <LiveView
                label={t('capture.preview')}
                onLive={setLive}
                onFault={(why) => {
                  setLive(null);
                  setFault(why);
                }}
              />
              <div className="capture-guide" aria-hidden="true" />
              <p role="status" {...(live === null ? {} : { className: 'unseen' })}>{t(live === null ? 'capture.starting' : 'capture.live')}</p>
            </div>
            {material.sample === '' ? null : <Notice tone="info" title={t('material.sample')}>{material.sample}</Notice>}
          </>
        )}
      </Screen>
    );
  }
  return (
    <Screen
      title={t('capture.check')}
      lead={t('capture.check.lead')}
      back={back}
      actions={
        <>
          <Button size="main" tone={ready?.quality === 'ok' ? 'plain' : 'main'} icon={<Icon name="retry" />} onPress={retake}>
            {t('capture.retake')}
          </Button>
          {ready?.quality === 'ok' ? (
            <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(keep())}>
              {t('capture.keep')}
            </Button>
          ) : null}
        </>
      }
    >
      <div role="status">
        {ready === null ? null : ready.quality === 'ok' ? <Notice tone="good" title={t('capture.ok')} /> : <Notice tone="fault" title={t(`bad-picture.${ready.quality}`)}>{t(`capture.fix.${ready.quality}`)}</Notice>}
      </div>
      <div className="capture-shot" style={{ aspectRatio: `${picture.width} / ${picture.height}`, maxWidth: `calc(var(--shot-height) * ${picture.width / picture.height})` }}>
        <Still picture={picture} label={t('capture.shot', { material: material.name })} />
        <CropFrame crop={crop} onChange={setCrop} labels={{ 'top-left': t('crop.top-left'), 'top-right': t('crop.top-right'), 'bottom-left': t('crop.bottom-left'), 'bottom-right': t('crop.bottom-right') }} />
      </div>
      <div className="capture-tools">
        <Button icon={<Icon name="turn" />} onPress={() => setTurns((turns + 1) % 4)}>
          {t('crop.turn')}
        </Button>
        <Button icon={<Icon name="smaller" />} onPress={() => setCrop(shrink(crop, CROP_STEP))}>
          {t('crop.smaller')}
        </Button>
        <Button icon={<Icon name="larger" />} onPress={() => setCrop(shrink(crop, -CROP_STEP))}>
          {t('crop.larger')}
        </Button>
        <Button onPress={() => setCrop(WHOLE)}>{t('crop.whole')}</Button>
      </div>
    </Screen>
  );
}

/** Draws the frozen picture: a canvas made outside of the page is put into it as it is. */
function Still({ picture, label }: { picture: HTMLCanvasElement; label: string }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current === null) return;
    canvas.current.width = picture.width;
    canvas.current.height = picture.height;
    canvas.current.getContext('2d')?.drawImage(picture, 0, 0);
  }, [picture]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}

/** Judged again after every change of the cut-out, once the finger rests. */
const REST_MS = 150;

/** What a cut-out is worth, and where it can be read the page made of it: nobody waits for it behind the button. */
type Ready = { shot: HTMLCanvasElement; turns: number; crop: Crop; quality: PictureQuality; page: Promise<Page | null> | null };

/** @returns what was judged last of this picture; its page only while it is of this very cut-out */
function useReady(shot: HTMLCanvasElement | null, turns: number, crop: Crop, stamp: string | null): Ready | null {
  const [ready, setReady] = useState<Ready | null>(null);
  useEffect(() => {
    if (shot === null) return;
    const timer = setTimeout(() => {
      const picture = turned(shot, turns);
      const quality = judge(picture, crop);
      setReady({ shot, turns, crop, quality, page: quality === 'ok' && stamp !== null ? pageOf(picture, crop, stamp) : null });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [shot, turns, crop, stamp]);
  if (ready === null || ready.shot !== shot) return null;
  return ready.turns === turns && ready.crop === crop ? ready : { ...ready, page: null };
}
