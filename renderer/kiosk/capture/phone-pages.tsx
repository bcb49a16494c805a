import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import type { OwnReading } from '../../../domain/contracts/kiosk.ts';
import type { ItemMaterial } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { ownPage } from './own-page.ts';
import './own-pages.css';

/** What became of a picture: kept, or why not, as the end of a text key. */
type Came = { number: number; kept: boolean; why: string };

/** Pictures from the citizen's own phone: a code to scan, and each picture as it comes. The page on the phone ends when this screen is left. */
export function PhonePages(props: { material: ItemMaterial; onDone(): void }): ReactNode {
  const [round, setRound] = useState(0);
  return <Offer key={round} {...props} onAgain={() => setRound(round + 1)} />;
}

/** One code, until it is void. */
function Offer({ material, onDone, onAgain }: { material: ItemMaterial; onDone(): void; onAgain(): void }): ReactNode {
  const { t, word, view: { stamp }, client, wish, terminal } = useVisit();
  const [address, setAddress] = useState<string | null>(null);
  const [joined, setJoined] = useState(false);
  const [closed, setClosed] = useState<string | null>(null);
  const [came, setCame] = useState<readonly Came[]>([]);

  const hear = useEffectEvent(async (reading: OwnReading): Promise<void> => {
    switch (reading.kind) {
      case 'open':
        return setAddress(reading.address);
      case 'joined':
        return setJoined(true);
      case 'closed':
        return setClosed(reading.why);
      case 'refused':
        return setCame((before) => [...before, { number: before.length + 1, kept: false, why: reading.why }]);
      case 'pages':
        for (const bytes of reading.pages) {
          const { quality, page } = stamp === null ? { quality: 'blank', page: null } : await ownPage(bytes, stamp);
          const kept = page !== null && (await wish((core) => core.addPage({ material: material.key, from: 'phone', ...page })));
          setCame((before) => [...before, { number: before.length + 1, kept, why: quality === 'ok' ? 'lost' : quality }]);
        }
    }
  });
  useEffect(() => {
    const mine = new AbortController();
    drop((async () => {
      try {
        for await (const reading of await client.phonePages({ material: material.key }, { signal: mine.signal })) {
          if (mine.signal.aborted) return;
          await hear(reading);
        }
      } catch {
        if (!mine.signal.aborted) setClosed('unavailable');
      }
    })());
    return () => mine.abort();
  }, [client, material.key]);

  const kept = came.filter((one) => one.kept).length;
  return (
    <Screen
      title={t('phone.title', { material: material.name })}
      lead={t('phone.lead')}
      back={{ words: t('capture.back'), onPress: onDone }}
      actions={kept === 0 ? null : <Button size="main" tone="main" icon={<Icon name="check" />} onPress={onDone}>{t('phone.done', { count: kept })}</Button>}
    >
      {closed !== null ? (
        <>
          <Notice tone="warn" live title={word('phone.closed.', closed, 'phone.closed.unavailable')}>{t('phone.closed.words', { phone: terminal.phone })}</Notice>
          {closed === 'over' || closed === 'tampered' ? <Button size="main" icon={<Icon name="retry" />} onPress={onAgain}>{t('phone.again')}</Button> : null}
        </>
      ) : address === null ? (
        <Notice tone="info" live title={t('phone.opening')} />
      ) : joined ? (
        <Notice tone="good" live title={t('phone.joined')}>{t('phone.joined.words')}</Notice>
      ) : (
        <section className="phone-code">
          <QrCode text={address} label={t('phone.code')} />
          <ol>
            <li>{t('phone.step.network', { site: terminal.site })}</li>
            <li>{t('phone.step.scan')}</li>
            <li>{t('phone.step.send')}</li>
          </ol>
        </section>
      )}
      <p className="own-trust">{t('own.trust')}</p>
      {came.length === 0 ? null : (
        <ol className="own-came" aria-live="polite">
          {came.map((one) => (
            <li key={one.number} data-kept={one.kept}>
              <Icon name={one.kept ? 'done' : 'info'} />
              {one.kept ? t('own.kept', { number: one.number }) : word('own.refused.', one.why, 'own.refused.broken')}
            </li>
          ))}
        </ol>
      )}
    </Screen>
  );
}
