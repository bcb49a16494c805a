import { Fragment, type ReactNode, useRef, useState } from 'react';
import { computedForm } from '../../../domain/item/form.ts';
import { phone } from '../../../domain/numbers/phone.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Facts, Notice } from '../../ui/card.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { SignaturePad, type SignaturePadHandle } from '../../ui/signature-pad.tsx';
import { answerWords, materialsOf, sectionsOf } from '../form-rules.ts';
import { PagePicture } from '../page-picture.tsx';
import { KeepLater } from '../keep-later.tsx';
import { Screen } from '../screen.tsx';
import type { TextKey } from '../text.ts';
import { useVisit } from '../visit.tsx';
import { Parties } from './who-parties.tsx';
import './check.css';

/** Everything on one page, the declaration above the signature, and the moment of handing in. */
export function CheckScreen(): ReactNode {
  const { t, view, wish, busy, day, settings, heard, say } = useVisit();
  const { item } = view;
  const values = view.form?.values ?? {};
  const sections = sectionsOf(view, values);
  const materials = materialsOf(view);
  const known = item?.form.sections.flatMap((section) => section.fields).find((field) => field.widget === 'phone');
  const [number, setNumber] = useState(() => (known === undefined ? '' : String(values[known.name] ?? '')));
  const [signed, setSigned] = useState(false);
  const [confirmed, setConfirmed] = useState(false);
  const [fault, setFault] = useState<TextKey | null>(null);
  const pad = useRef<SignaturePadHandle>(null);
  if (item === null) return null;
  // What follows from the answers is handed in with them.
  const answers = { ...values, ...computedForm(item.form, values) };
  const declaration = view.declaration ?? item.declaration;
  const mayConfirm = view.confirmable && settings.voice === 'on';

  async function handIn(): Promise<void> {
    if (!phone(number).ok) {
      setFault('check.phone.wrong');
      document.getElementById('check-phone')?.focus();
      return;
    }
    const image = signed ? await pad.current?.picture() : null;
    const signature = image != null ? { kind: 'drawn' as const, image } : confirmed ? { kind: 'confirmed' as const } : null;
    if (signature === null) {
      setFault(mayConfirm ? 'confirm.missing' : 'check.sign.missing');
      document.querySelector('.signature')?.scrollIntoView({ block: 'center' });
      return;
    }
    setFault(null);
    await wish((core) => core.handIn({ signature, phone: number }));
  }
  const before = materials.length === 0 ? 'form' : 'materials';
  const words = { yes: t('yes'), no: t('no'), empty: t('check.empty'), day };
  return (
    <Screen
      title={t('check.title')}
      lead={t('check.lead', { item: item.name })}
      back={{ words: t(before === 'form' ? 'back.form' : 'back.materials'), onPress: () => drop(wish((core) => core.go({ step: before, errand: view.errand }))) }}
      actions={
        <Button size="main" tone="main" busy={busy} icon={<Icon name="send" />} onPress={() => drop(handIn())}>
          {view.supplementing === null ? t('check.hand-in') : t('check.supplement')}
        </Button>
      }
    >
      <Parties />
      {sections.map((section) => (
        <Card key={section.index} icon="list" title={section.title} aside={<Change words={t('check.change')} what={section.title} onPress={() => drop(wish((core) => core.go({ step: 'form', errand: view.errand })))} />}>
          {section.groups.length === 0 ? <p>{t('rows.none')}</p> : null}
          {section.groups.map((group) => (
            <Fragment key={group.row}>
              {group.title === '' ? null : <h3>{group.title}</h3>}
              <Facts rows={group.fields.map((field) => ({ label: field.label, value: answerWords(field, answers[field.name], words) }))} />
            </Fragment>
          ))}
        </Card>
      ))}
      {materials.length === 0 ? null : (
        <Card icon="paper" title={t('check.materials')} aside={<Change words={t('check.change')} what={t('check.materials')} onPress={() => drop(wish((core) => core.go({ step: 'materials', errand: view.errand })))} />}>
          <ul className="check-materials">
            {materials.map((material) => {
              const pages = view.materials.find((one) => one.key === material.key)?.pages ?? [];
              return (
                <li key={material.key}>
                  <span>{material.name}</span>
                  {pages.length === 0 ? <span className="check-none">{t('check.no-pages')}</span> : <span className="check-pages">{pages.slice(0, 4).map((page, index) => <PagePicture key={page.id} page={page.id} label={t('materials.page', { material: material.name, number: index + 1 })} />)}</span>}
                  <span className="number">{pages.length === 0 ? '' : t('materials.pages', { count: pages.length })}</span>
                </li>
              );
            })}
          </ul>
        </Card>
      )}
      <Card icon="phone" title={t('check.contact')}>
        <TextField
          id="check-phone"
          words={{ label: t('check.phone'), help: t('check.phone.help'), error: fault === 'check.phone.wrong' ? t(fault) : '', example: t('form.example', { example: '13800138000' }), source: '', optional: '', saved: '' }}
          value={number}
          keyboard="phone"
          most={13}
          groups={[3, 4, 4]}
          onChange={(typed) => {
            setNumber(typed);
            setFault(null);
          }}
        />
      </Card>
      <Card icon="sign" title={t('check.declaration')}>
        <p className="check-declaration">{declaration}</p>
        <SignaturePad
          handle={pad}
          label={t('sign.label')}
          placeholder={t('sign.placeholder')}
          clear={t('sign.clear')}
          onChange={(drawn) => {
            setSigned(drawn);
            if (drawn) setFault(null);
          }}
        />
        {mayConfirm ? (
          <Confirmation
            isHeard={heard.has(DECLARATION)}
            isConfirmed={confirmed}
            onHear={() => say('screen', declaration, DECLARATION)}
            onConfirm={() => {
              setConfirmed(!confirmed);
              setFault(null);
            }}
          />
        ) : null}
        {fault === 'check.sign.missing' || fault === 'confirm.missing' ? <Notice tone="fault" live title={t(fault)} /> : null}
      </Card>
      <KeepLater />
    </Screen>
  );
}

/** Under this name the voice says that the declaration was heard to its end. */
const DECLARATION = 'declaration';

/**
 * Who cannot see cannot sign in a frame. A key stands for the signature once the declaration was really read aloud to its end on this screen; which of the two
 * it was goes into the case.
 */
function Confirmation(props: { isHeard: boolean; isConfirmed: boolean; onHear(): void; onConfirm(): void }): ReactNode {
  const { t } = useVisit();
  return (
    <section className="check-confirm">
      <h3>{t('confirm.title')}</h3>
      <p role="status">{t(props.isHeard ? 'confirm.ready' : 'confirm.words')}</p>
      <div className="check-confirm-ways">
        <Button icon={<Icon name="voice" />} onPress={props.onHear}>
          {t('confirm.hear')}
        </Button>
        <button type="button" className="check-confirm-tick" aria-pressed={props.isConfirmed} disabled={!props.isHeard} onClick={props.onConfirm}>
          <span className="check-confirm-box" aria-hidden="true">
            {props.isConfirmed ? <Icon name="check" size={1} /> : null}
          </span>
          {t('confirm.press')}
        </button>
      </div>
    </section>
  );
}

function Change({ words, what, onPress }: { words: string; what: string; onPress(): void }): ReactNode {
  return (
    <Button tone="quiet" icon={<Icon name="sign" />} label={`${words}：${what}`} onPress={onPress}>
      {words}
    </Button>
  );
}
