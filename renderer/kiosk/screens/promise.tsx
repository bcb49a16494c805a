import { type ReactNode, useState } from 'react';
import type { MaterialOffer } from '../../../domain/contracts/kiosk.ts';
import type { ItemMaterial } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import './promise.css';

/**
 * 告知承诺 and 容缺: the whole words of the promise, what follows if it is not true or not kept, and an assent of its own. What is agreed to is exactly what
 * stands here, since core holds it against its own words; so it stands in the language of the law, whatever the screen speaks.
 */
export function PromiseScreen({ material, offer, onDone }: { material: ItemMaterial; offer: MaterialOffer; onDone(): void }): ReactNode {
  const { t, wish, busy } = useVisit();
  const [agreed, setAgreed] = useState(false);
  const [missing, setMissing] = useState(false);
  const [title, ...lines] = offer.text.split('\n');

  async function confirm(): Promise<void> {
    setMissing(!agreed);
    if (agreed && (await wish((core) => core.promise({ material: material.key, kind: offer.kind, shown: offer.text })))) onDone();
  }
  return (
    <Screen
      title={t(`promise.title.${offer.kind}`, { material: material.name })}
      lead={t(`promise.lead.${offer.kind}`)}
      back={{ words: t('capture.back'), onPress: onDone }}
      actions={
        <Button size="main" tone="main" busy={busy} icon={<Icon name="check" />} onPress={() => drop(confirm())}>
          {t('promise.confirm')}
        </Button>
      }
    >
      <Card icon="sign" title={title ?? ''}>
        <div className="promise-words">
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      </Card>
      <button type="button" className="promise-agree" aria-pressed={agreed} onClick={() => { setAgreed(!agreed); setMissing(false); }}>
        <span className="promise-box" aria-hidden="true">{agreed ? <Icon name="check" size={1} /> : null}</span>
        {t(`promise.agree.${offer.kind}`)}
      </button>
      {missing ? <Notice tone="fault" live title={t('promise.missing')} /> : null}
    </Screen>
  );
}
