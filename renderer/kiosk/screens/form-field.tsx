import type { ReactNode } from 'react';
import { isRequired } from '../../../domain/item/form.ts';
import { fieldAt } from '../../../domain/item/rows.ts';
import type { FormField, Item } from '../../../domain/item/types.ts';
import { drop, never } from '../../../domain/result.ts';
import { Button } from '../../ui/button.tsx';
import { AddressField } from '../../ui/field/address-field.tsx';
import { ChoiceField } from '../../ui/field/choice-field.tsx';
import { DateField } from '../../ui/field/date-field.tsx';
import { FieldFrame, type FieldWords } from '../../ui/field/field-frame.tsx';
import { Icon } from '../../ui/icons.tsx';
import { TextField } from '../../ui/field/text-field.tsx';
import { answerWords, askedWords, type FieldValue, mostCharacters, yuanWords } from '../form-rules.ts';
import { useVisit } from '../visit.tsx';

/** Longest answers where the schema sets no limit: the contract's own limit for long text, a line for the others. */
const LINE = 100;
const LONG_TEXT = 500;

type FieldProps = { field: FormField; item: Item; value: FieldValue; error: string; saved: boolean; onChange(value: FieldValue): void };

/** One question, and what an earlier item of this visit could fill it with: offered, never filled in by itself. @property error in words */
export function FormFieldView(props: FieldProps): ReactNode {
  const { field } = props;
  const { t, view, wish, busy } = useVisit();
  const offer = view.offers[field.name];
  // What was typed a moment ago is an answer, though core has not said so yet.
  const isOffered = offer !== undefined && props.value === null;
  return (
    <div className="field-offered">
      <Question {...props} />
      {!isOffered ? null : (
        <div className="field-offer">
          <p id={`offer-${field.name}`}>{t('offers.from', { item: offer.from })}</p>
          <Button busy={busy} icon={<Icon name="check" />} describedBy={`offer-${field.name}`} onPress={() => drop(wish((core) => core.takeOffers({ names: [field.name] })))}>
            {t('offers.take', { value: answerWords(field, offer.value, { yes: t('yes'), no: t('no'), empty: '', day: (date) => date }) })}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The widget that the item names; what follows from other answers is only shown. */
function Question(props: FieldProps): ReactNode {
  const { field, item, value, onChange } = props;
  const { t, word, view, terminal } = useVisit();
  const { form } = item;
  const source = view.form?.prefilled[field.name];
  const words: FieldWords = {
    label: field.label,
    said: fieldAt(form, field.name)?.label ?? field.label,
    help: [askedWords(view, 'form', field.name), field.help].filter((line) => line !== '').join(' '),
    error: props.error,
    example: field.example === '' ? '' : t('form.example', { example: field.example }),
    source: source === undefined ? '' : word('form.source.', source, 'form.source.other'),
    optional: field.computed !== undefined || isRequired(form, field.name) ? '' : t('form.optional'),
    saved: props.saved ? t('form.saved') : '',
  };
  const id = `field-${field.name}`;
  const text = value === null ? '' : String(value);
  if (field.computed !== undefined) {
    return (
      <FieldFrame id={id} words={{ ...words, help: words.help === '' ? t('form.computed') : words.help }} group>
        <p className="field-computed number" tabIndex={-1}>
          {answerWords(field, value, { yes: t('yes'), no: t('no'), empty: t('form.computed.none'), day: (date) => date })}
        </p>
      </FieldFrame>
    );
  }
  const shared = { id, words, value: text, onChange: (typed: string) => onChange(typed === '' ? null : typed) };

  switch (field.widget) {
    case 'text':
      return <TextField {...shared} keyboard="text" most={mostCharacters(form, field, LINE)} />;
    case 'long-text':
      return <TextField {...shared} keyboard="text" lines={4} most={mostCharacters(form, field, LONG_TEXT)} />;
    case 'phone':
      return <TextField {...shared} keyboard="phone" most={mostCharacters(form, field, 13)} groups={[3, 4, 4]} />;
    case 'citizen-id':
      return <TextField {...shared} keyboard="citizen-id" most={18} groups={[6, 8, 4]} onChange={(typed) => onChange(typed === '' ? null : typed.toUpperCase())} />;
    case 'credit-code':
      return <TextField {...shared} keyboard="credit-code" most={18} groups={[2, 6, 9, 1]} onChange={(typed) => onChange(typed === '' ? null : typed.toUpperCase())} />;
    case 'money':
      return <TextField {...shared} keyboard="decimal" most={14} unit={t('form.yuan')} beside={yuanWords(text)} />;
    case 'number':
      return <TextField {...shared} keyboard="decimal" most={14} />;
    case 'address':
      return <AddressField {...shared} words={words} detail={{ ...words, label: t('address.detail'), said: `${words.said ?? words.label} · ${t('address.detail')}`, help: t('address.detail.help'), source: '' }} options={field.options} most={mostCharacters(form, field, LINE)} />;
    case 'choice':
      return <ChoiceField id={id} words={words} value={value === null ? null : text} options={field.options} onChange={onChange} />;
    case 'town':
      return field.options.length === 0 ? <TextField {...shared} keyboard="text" most={mostCharacters(form, field, LINE)} /> : <ChoiceField id={id} words={words} value={value === null ? null : text} options={field.options} onChange={onChange} />;
    case 'yes-no':
      return (
        <ChoiceField
          id={id}
          words={words}
          value={typeof value === 'boolean' ? String(value) : null}
          options={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
          onChange={(chosen) => onChange(chosen === 'true')}
        />
      );
    case 'date':
      return <DateField id={id} words={words} value={value === null ? null : text} today={terminal.now.slice(0, 10)} date={{ year: t('date.year'), month: t('date.month'), day: t('date.day'), more: t('date.more'), less: t('date.less') }} onChange={onChange} />;
    default:
      return never(field.widget);
  }
}
