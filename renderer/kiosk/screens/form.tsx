import { type ReactNode, useEffect, useRef, useState } from 'react';
import { computedForm } from '../../../domain/item/form.ts';
import { checkWords } from '../../../domain/item/cross-checks.ts';
import { fieldAt, keptValue, withoutRow, withRow } from '../../../domain/item/rows.ts';
import type { FormField } from '../../../domain/item/types.ts';
import { drop } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/card.tsx';
import { Icon } from '../../ui/icons.tsx';
import { errorsIn, fieldsIn, type FieldValue, sectionsOf, type Values } from '../form-rules.ts';
import { KeepLater } from '../keep-later.tsx';
import { useSaver } from '../saving.ts';
import { Screen } from '../screen.tsx';
import { useVisit } from '../visit.tsx';
import { FormFieldView } from './form-field.tsx';
import './form.css';

/** The item's questions, a section at a time; every answer is saved as it is typed. */
export function FormScreen(): ReactNode {
  const { t, word, view, client, wish, busy } = useVisit();
  const { item, form } = view;
  const [typed, setTyped] = useState<Values>({});
  const [at, setAt] = useState(0);
  const [found, setFound] = useState<Record<string, string>>({});
  const [submits, setSubmits] = useState(0);
  // What a widget holds by itself, such as half a date, belongs to the row it was typed in.
  const [moved, setMoved] = useState(0);
  const saver = useSaver(client);
  const summary = useRef<HTMLDivElement>(null);
  // True at first too: a window that was loaded again opens where the errors are.
  const [asked, setAsked] = useState(true);

  const values: Values = { ...form?.values, ...typed };
  const sections = sectionsOf(view, values);
  const index = Math.min(at, Math.max(0, sections.length - 1));
  const section = sections[index];
  const errors = { ...form?.errors, ...found };
  const wrong = section === undefined ? [] : fieldsIn(section).filter((field) => (errors[field.name] ?? '') !== '');

  // Core's errors may stand in a section that is not open: go to the first of them, once for each time it was asked.
  const withErrors = Object.keys(form?.errors ?? {});
  if (asked && withErrors.length > 0) {
    setAsked(false);
    const first = sections.findIndex((one) => fieldsIn(one).some((field) => withErrors.includes(field.name)));
    if (first !== -1) setAt(first);
  }
  useEffect(() => {
    if (submits > 0) summary.current?.focus();
  }, [submits]);

  if (item === null || section === undefined) return null;
  const offered = fieldsIn(section).map(({ name }) => name).filter((name) => view.offers[name] !== undefined && (values[name] ?? null) === null);
  const known = computedForm(item.form, values);
  const errorWords = (error: string) => (error === '' ? '' : checkWords(item.form, error) ?? word('', error, 'form.error.schema'));

  function put(field: FormField, entered: FieldValue): void {
    const value = keptValue(field.name, entered);
    setTyped((held) => ({ ...held, [field.name]: value }));
    // Empty hides what core still says about the field; it is asked again at the end.
    setFound((held) => ({ ...held, [field.name]: '' }));
    saver.put(field.name, value);
  }
  /** @param row null: one more */
  function changeRows(row: number | null): void {
    if (item === null || section === undefined) return;
    const place = item.form.sections[section.index];
    const changed = place === undefined ? null : row === null ? withRow(place, values) : withoutRow(place, values, row);
    if (changed === null) return;
    setFound({});
    // What was typed last must be there before rows move.
    drop(saver.settled().then(() => wish((core) => core.changeRows({ section: section.index, row }))).then((isDone) => {
      if (!isDone) return;
      setTyped((held) => ({ ...held, ...changed }));
      setMoved((times) => times + 1);
    }));
  }
  function goOn(): void {
    if (item === null || section === undefined) return;
    const wrongHere = errorsIn(item.form, section, values);
    setFound(wrongHere);
    if (Object.keys(wrongHere).length > 0) setSubmits(submits + 1);
    else if (index + 1 < sections.length) openSection(index + 1);
    else {
      setAsked(true);
      drop(saver.settled().then(() => wish((core) => core.submitForm())).then(() => setSubmits((held) => held + 1)));
    }
  }
  function openSection(next: number): void {
    setAt(next);
    document.querySelector('.screen-body .scroll-area')?.scrollTo({ top: 0 });
    document.querySelector<HTMLElement>('.screen-head h1')?.focus();
  }
  function goBack(): void {
    if (index > 0) openSection(index - 1);
    else drop(wish((core) => (view.supplementing === null ? core.openGuide({ code: item?.code ?? '' }) : core.openCase({ case: view.supplementing }))));
  }
  const last = index + 1 === sections.length;
  return (
    <Screen
      title={section.title}
      lead={t('form.lead', { item: item.name, number: index + 1, of: sections.length })}
      back={{ words: index > 0 ? t('back.section') : view.supplementing === null ? t('back.guide') : t('back.case'), onPress: goBack }}
      actions={
        <Button size="main" tone="main" busy={busy} iconAfter={<Icon name="forward" />} onPress={goOn}>
          {last ? t('form.to-materials') : t('form.next-section', { title: sections[index + 1]?.title ?? '' })}
        </Button>
      }
    >
      {wrong.length === 0 ? null : (
        <div className="error-summary" ref={summary} tabIndex={-1} role="alert">
          <h2>
            <Icon name="alert" size={1.2} />
            {t('form.errors', { count: wrong.length })}
          </h2>
          <ul>
            {wrong.map((field) => (
              <li key={field.name}>
                <button type="button" onClick={() => focusField(field.name)}>
                  {fieldAt(item.form, field.name)?.label ?? field.label}：{errorWords(errors[field.name] ?? '')}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {/* After a slip was printed it names what that could not carry, which still stands here. */}
      {view.slip.lost.length === 0 || view.prints.some(({ paper }) => paper === 'kept-slip') ? null : <Notice tone="warn" live title={t('resume.lost', { names: view.slip.lost.join('、') })} />}
      {offered.length < 2 ? null : (
        <Button wide busy={busy} icon={<Icon name="check" />} onPress={() => drop(wish((core) => core.takeOffers({ names: offered })))}>
          {t('offers.all', { count: offered.length })}
        </Button>
      )}
      {section.groups.map((group) => (
        <Row key={`${moved}/${group.row}`} title={group.title} onRemove={view.supplementing === null && section.repeat !== null && section.groups.length > section.repeat.least ? () => changeRows(group.row) : null}>
          {group.fields.map((field) => (
            <FormFieldView key={field.name} field={field} item={item} value={(field.computed === undefined ? values : known)[field.name] ?? null} error={errorWords(errors[field.name] ?? '')} saved={saver.saved.has(field.name)} onChange={(value) => put(field, value)} />
          ))}
        </Row>
      ))}
      {section.repeat === null || view.supplementing !== null ? null : section.groups.length >= section.repeat.most ? (
        <p className="form-kept">{t('rows.full', { count: section.repeat.most })}</p>
      ) : (
        <Button wide busy={busy} icon={<Icon name="add" />} onPress={() => changeRows(null)}>
          {t(section.groups.length === 0 ? 'rows.first' : 'rows.add', { name: section.repeat.title })}
        </Button>
      )}
      <KeepLater />
      <p className="form-kept">
        <Icon name="done" size={1.1} />
        {t('form.kept')}
      </p>
    </Screen>
  );
}

/** A section's questions, or those of one of several, with its name and the way to take it out. */
function Row({ title, onRemove, children }: { title: string; onRemove: (() => void) | null; children: ReactNode }): ReactNode {
  const { t } = useVisit();
  if (title === '') return <div className="form">{children}</div>;
  return (
    <section className="form" aria-label={title}>
      <header className="form-row">
        <h2>{title}</h2>
        {onRemove === null ? null : (
          <Button tone="quiet" icon={<Icon name="remove" />} label={t('rows.remove', { name: title })} onPress={onRemove}>
            {t('rows.remove.short')}
          </Button>
        )}
      </header>
      {children}
    </section>
  );
}

function focusField(name: string): void {
  const frame = document.getElementById(`field-${name}-frame`);
  frame?.scrollIntoView({ block: 'start' });
  frame?.querySelector<HTMLElement>('input, textarea, [role="radio"], .field-computed')?.focus();
}
