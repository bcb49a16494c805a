import { type ReactNode, useState } from 'react';
import type { AboutWish, DraftView } from '../../../domain/contracts/talk.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceField } from '../../ui/field/choice-field.tsx';
import type { FieldWords } from '../../ui/field/field-frame.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useItems } from '../use-items.ts';
import { useVisit } from '../visit.tsx';

/** Items shown at once; typing more narrows them. */
const MOST_ITEMS = 6;
type Kind = DraftView['aboutKind'];
const KINDS: readonly Kind[] = ['none', 'place', 'item', 'case'];
const plain = (label: string): FieldWords => ({ label, help: '', error: '', example: '', source: '', optional: '', saved: '' });

/** What a message is about: nothing, this place, an item found by name, or a case of whoever shows the card. */
export function AboutField({ draft }: { draft: DraftView }): ReactNode {
  const { t, wish } = useVisit();
  const [choosing, setChoosing] = useState<Kind>(draft.aboutKind);
  const say = (about: AboutWish) => drop(wish((core) => core.talk.begin({ of: draft.of, about })));
  function choose(kind: Kind): void {
    setChoosing(kind);
    if (kind === 'none' || kind === 'place') say({ kind });
  }
  const chosen = choosing === draft.aboutKind && draft.about !== '' && (choosing === 'item' || choosing === 'case');
  return (
    <>
      <ChoiceField id="message-about" words={plain(t('message.about'))} value={choosing} options={KINDS.map((kind) => ({ value: kind, label: t(`message.about.${kind}`) }))} onChange={(value) => choose(KINDS.find((kind) => kind === value) ?? 'none')} />
      {chosen ? <p className="message-about">{draft.about}</p> : null}
      {choosing === 'item' && !chosen ? <ItemChoice onItem={(code) => say({ kind: 'item', code })} /> : null}
      {choosing === 'case' && !chosen ? <CaseChoice onCase={(id) => say({ kind: 'case', case: id })} /> : null}
    </>
  );
}

function ItemChoice({ onItem }: { onItem(code: string): void }): ReactNode {
  const { t } = useVisit();
  const [query, setQuery] = useState('');
  const { found } = useItems(query.trim());
  return (
    <>
      <TextField id="message-item" words={{ ...plain(t('message.about.item.title')), help: t('message.about.item.search') }} value={query} keyboard="text" most={40} onChange={setQuery} />
      <ul className="message-choices">
        {(found?.cards ?? []).slice(0, MOST_ITEMS).map((card) => (
          <li key={card.code}>
            <Button wide onPress={() => onItem(card.code)}>{card.name}</Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function CaseChoice({ onCase }: { onCase(id: Extract<AboutWish, { kind: 'case' }>['case']): void }): ReactNode {
  const { t, view, wish } = useVisit();
  if (view.person === null) {
    return (
      <Button size="main" wide icon={<Icon name="card" />} onPress={() => drop(wish((core) => core.go({ step: 'identify', errand: 'talk' })))}>
        {t('message.about.case.card')}
      </Button>
    );
  }
  if (view.cases.length === 0) return <p className="message-about">{t('message.about.case.none')}</p>;
  return (
    <section className="message-choices" aria-label={t('message.about.case.title')}>
      {view.cases.map((one) => (
        <Button key={one.id} wide onPress={() => onCase(one.id)}>{`${one.itemName} ${one.number}`}</Button>
      ))}
    </section>
  );
}
