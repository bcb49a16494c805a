import { FileWarning, Hourglass } from 'lucide-react';
import { Fragment, type ReactNode, useState } from 'react';
import type { ConsoleCase } from '../../../domain/contracts/cases.ts';
import { civilDate, yearsBetween } from '../../../domain/calendar/civil-date.ts';
import { checkForm, computedForm, isRequired } from '../../../domain/item/form.ts';
import { checkWords } from '../../../domain/item/cross-checks.ts';
import { askedSections, fieldAt } from '../../../domain/item/rows.ts';
import { materialsAsked, needOf, situationOf } from '../../../domain/item/situation.ts';
import type { FormField, ItemMaterial } from '../../../domain/item/types.ts';
import { useNow } from '../clock.ts';
import type { CorrectionDraft } from '../drafts.ts';
import { blobAddress } from '../hall.ts';
import { Facts } from '../parts.tsx';
import { t, word } from '../texts.ts';
import { valueWords } from '../words.ts';
import { CertificatePaper } from './certificate.tsx';
import { IdentityNotice } from './identity.tsx';
import { fieldTemplates, materialTemplates, type Target, type Template, targetKey } from './letters.ts';
import { Pick } from './pick.tsx';

/** What the clerk ticks while a correction is put together; null while the case is only read. */
export type Picking = { draft: CorrectionDraft; change(target: Target, key: string, words: string | null): void } | null;

/** Everything the citizen gave, in the order they gave it. */
export function Application({ opened, picking, shown, onShow }: { opened: ConsoleCase; picking: Picking; shown: string; onShow: (material: string) => void }): ReactNode {
  const changed = lastSupplement(opened);
  return (
    <div className="application">
      <IdentityNotice opened={opened} />
      <Applicant opened={opened} />
      <Declared opened={opened} />
      {askedSections(opened.item.form, opened.form).map(({ index, title, groups }) => (
        <section key={index} className="block">
          <h2>{title}</h2>
          {groups.length === 0 && <p className="faint">{t('value.none')}</p>}
          {groups.map((group) => (
            <Fragment key={group.row}>
              {group.row > 0 && <h3>{group.title}</h3>}
              <div className="answers">
                {group.fields.map((field) => <Answer key={field.name} field={field} opened={opened} picking={picking} supplemented={changed.fields.has(field.name)} />)}
              </div>
            </Fragment>
          ))}
        </section>
      ))}
      <section className="block">
        <h2>{t('case.materials')}</h2>
        {shownMaterials(opened).map((material) => <Handed key={material.key} material={material} opened={opened} picking={picking} shown={shown === material.key} supplemented={changed.materials.has(material.key)} onShow={onShow} />)}
      </section>
      <Signature opened={opened} />
      {opened.certificate !== null && <section className="block"><h2>{t('case.certificate')}</h2><CertificatePaper certificate={opened.certificate} /></section>}
      {opened.ratedLevel !== null && <section className="block"><h2>{t('case.rated')}</h2><p>{t('case.rated.level', { level: opened.ratedLevel, words: word('rating', String(opened.ratedLevel)) })}</p></section>}
    </div>
  );
}

/** What this situation asks for, and whatever was handed in beside it. */
function shownMaterials({ item, situation, materials }: ConsoleCase): ItemMaterial[] {
  const asked = materialsAsked(item, situation).map(({ material }) => material.key);
  return item.materials.filter(({ key }) => asked.includes(key) || materials.some((handed) => handed.key === key));
}

/** 情形: by which answers the materials were asked for. */
function Declared({ opened: { item, situation } }: { opened: ConsoleCase }): ReactNode {
  if (situation === null) return null;
  return (
    <section className="block">
      <h2>{t('case.situation')}</h2>
      <Facts rows={situationOf(item, situation).answered.map(({ question, option }) => ({ name: question.question, value: option.label }))} />
    </section>
  );
}

/** Which answers and materials the last supplement changed. */
function lastSupplement({ actions }: ConsoleCase): { fields: ReadonlySet<string>; materials: ReadonlySet<string> } {
  const payload = actions.findLast((action) => action.payload.kind === 'supplemented')?.payload;
  if (payload?.kind !== 'supplemented') return { fields: new Set(), materials: new Set() };
  return { fields: new Set(Object.keys(payload.form)), materials: new Set(payload.materials.map(({ key }) => key)) };
}

function Applicant({ opened: { applicant, representative, acting, together } }: { opened: ConsoleCase }): ReactNode {
  const today = civilDate(useNow());
  return (
    <section className="block">
      <h2>{t('case.applicant')}</h2>
      <Facts
        rows={[
          { name: t('applicant.name'), value: <strong>{applicant.name}</strong> },
          { name: t('applicant.number'), value: <span className="number">{applicant.number}</span> },
          ...(representative === null ? [] : [{ name: t('applicant.representative'), value: representative }]),
          ...(applicant.birth === null ? [] : [{ name: t('applicant.birth'), value: t('applicant.birth.age', { date: applicant.birth, age: yearsBetween(applicant.birth, today) }) }, { name: t('applicant.sex'), value: word('sex', applicant.sex) }]),
          ...(applicant.address === '' ? [] : [{ name: t('applicant.address'), value: applicant.address }]),
          { name: t('applicant.phone'), value: applicant.phone === '' ? <span className="faint">{t('value.none')}</span> : <span className="number">{applicant.phone}</span> },
          { name: t('applicant.card'), value: word('card', applicant.card) },
          { name: t('applicant.assurance'), value: <span className="mark" data-tone={applicant.assurance === 'card-checked' ? 'good' : applicant.assurance === 'typed' ? 'late' : 'soon'}>{word('assurance', applicant.assurance)}</span> },
          ...(acting === null ? [] : [{ name: word('way', acting.way), value: <>{acting.name} <span className="number">{acting.number}</span> {word('card', acting.card)}</> }]),
          ...together.map((one, index) => ({ name: t('applicant.together', { number: index + 1 }), value: <>{one.name} <span className="number">{one.number}</span> {word('card', one.card)}</> })),
        ]}
      />
    </section>
  );
}

function Answer({ field, opened, picking, supplemented }: { field: FormField; opened: ConsoleCase; picking: Picking; supplemented: boolean }): ReactNode {
  const { item, form } = opened;
  const value = form[field.name];
  const words = valueWords(field, value);
  const told = fieldAt(item.form, field.name)?.label ?? field.label;
  const doubt = doubtOf(field, opened);
  const empty = value === undefined || value === null || value === '';
  const label = <>{field.label}{empty && isRequired(item.form, field.name) && <FileWarning size={14} aria-hidden="true" />}</>;
  return (
    <div className="answer">
      {picking === null ? <p className="answer-label">{label}</p> : <Ticked label={told} target="form" name={field.name} picking={picking} templates={fieldTemplates(told)}><span className="answer-label">{label}</span></Ticked>}
      <p className={empty ? 'answer-value faint' : 'answer-value'}>{words}{supplemented && <span className="mark" data-tone="good">{t('case.supplemented')}</span>}{doubt !== '' && <span className="mark" data-tone="late">{doubt}</span>}</p>
      <Told opened={opened} target="form" name={field.name} />
      {picking !== null && <Pick label={told} words={picking.draft.get(targetKey('form', field.name)) ?? null} templates={fieldTemplates(told)} onChange={(next) => picking.change('form', field.name, next)} />}
    </div>
  );
}

/** What the hall finds when it reckons and checks anew what was handed in; empty where it finds nothing. */
function doubtOf({ name, computed }: FormField, { item, form }: ConsoleCase): string {
  const known = computedForm(item.form, form)[name] ?? null;
  if (computed !== undefined && known !== (form[name] ?? null)) return t('case.computed-differs', { value: known === null ? t('value.none') : String(known) });
  const checked = checkForm(item.form, form);
  return checked.ok ? '' : checkWords(item.form, checked.error.errors[name] ?? '') ?? '';
}

/** The box before something that a correction may ask for. */
function Ticked({ label, target, name, picking, templates, children }: { label: string; target: Target; name: string; picking: Exclude<Picking, null>; templates: readonly Template[]; children: ReactNode }): ReactNode {
  const ticked = picking.draft.has(targetKey(target, name));
  return (
    <label className="tick">
      <input type="checkbox" checked={ticked} aria-label={t('correct.pick', { label })} onChange={() => picking.change(target, name, ticked ? null : templates[0]?.words ?? '')} />
      {children}
    </label>
  );
}

function Handed({ material, opened, picking, shown, supplemented, onShow }: { material: ItemMaterial; opened: ConsoleCase; picking: Picking; shown: boolean; supplemented: boolean; onShow: (material: string) => void }): ReactNode {
  const handed = opened.materials.find(({ key }) => key === material.key);
  const missing = handed?.pages.filter(({ hash }) => !opened.here.includes(hash)).length ?? 0;
  const isNeeded = needOf(material, opened.item, opened.situation) === 'needed';
  const templates = materialTemplates(material.name, material.acceptance, handed !== undefined);
  const facts = (
    <span className="handed-facts">
      {handed === undefined ? <span className={isNeeded ? 'mark' : 'mark faint'} data-tone={isNeeded ? 'late' : 'none'}>{t('case.not-handed-in')}</span> : <span className="trust" data-trust={handed.trust}>{word('trust', handed.trust)}</span>}
      {handed !== undefined && (missing > 0 ? <span className="missing"><Hourglass size={13} aria-hidden="true" />{t('case.pages.missing', { missing, count: handed.pages.length })}</span> : <span className="faint">{t('case.pages', { count: handed.pages.length })}</span>)}
      {handed === undefined && <span className="faint">{isNeeded ? t('case.required') : material.condition === '' ? t('case.not-required') : material.condition}</span>}
      {supplemented && <span className="mark" data-tone="good">{t('case.supplemented')}</span>}
    </span>
  );
  return (
    <div className="handed" data-shown={shown}>
      {picking !== null && <Ticked label={material.name} target="material" name={material.key} picking={picking} templates={templates}><span className="handed-name">{material.name}</span></Ticked>}
      {handed === undefined ? <div className="handed-open">{picking === null && <span className="handed-name">{material.name}</span>}{facts}</div> : (
        <button type="button" className="handed-open" aria-pressed={shown} onClick={() => onShow(material.key)}>
          <span className={picking === null ? 'handed-name' : 'visually-hidden'}>{material.name}</span>
          {facts}
        </button>
      )}
      <Told opened={opened} target="material" name={material.key} />
      {picking !== null && <Pick label={material.name} words={picking.draft.get(targetKey('material', material.key)) ?? null} templates={templates} onChange={(next) => picking.change('material', material.key, next)} />}
    </div>
  );
}

/** What the one correction said about this, so that the answer can be held against it. */
function Told({ opened, target, name }: { opened: ConsoleCase; target: Target; name: string }): ReactNode {
  const ask = opened.correction.find((one) => one.target === target && one.key === name);
  return ask === undefined ? null : <p className="told"><strong>{t('case.told')}</strong>{ask.words}</p>;
}

function Signature({ opened }: { opened: ConsoleCase }): ReactNode {
  const { signature } = opened;
  return (
    <section className="block">
      <h2>{t('case.signature')}</h2>
      <p className="signature-words">{t(signature === null ? 'case.signature.confirmed.words' : 'case.signature.words')}</p>
      <blockquote>{opened.item.declaration}</blockquote>
      <div className="signature">{signature === null ? <strong>{t('case.signature.confirmed')}</strong> : <Drawn id={opened.row.id} hash={signature} here={opened.here.includes(signature)} />}</div>
    </section>
  );
}

function Drawn({ id, hash, here }: { id: string; hash: string; here: boolean }): ReactNode {
  const [broken, setBroken] = useState(false);
  if (!here) return <span className="missing"><Hourglass size={14} aria-hidden="true" />{t('scan.coming')}</span>;
  if (broken) return <span className="missing">{t('scan.broken')}</span>;
  return <img src={blobAddress(id, hash)} alt={t('case.signature')} loading="lazy" onError={() => setBroken(true)} />;
}
