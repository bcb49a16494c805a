import type { ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import './field.css';

/** What every question shows, whatever its widget. Empty strings show nothing. */
export type FieldWords = {
  label: string;
  /** Instead of the label for the ear, where the eye sees from the place what it belongs to. */
  said?: string;
  help: string;
  /** In plain words; the right example stands behind it. */
  error: string;
  example: string;
  /** Where a filled-in value comes from. */
  source: string;
  /** Shown beside the label of a question that may be left empty. */
  optional: string;
  /** Set once the value is durable. */
  saved: string;
};

/** Label, help, widget and error of one question. `id` is the widget's; its help and error are tied to it by `describedBy`. */
export function FieldFrame(props: { id: string; words: FieldWords; group?: boolean; children: ReactNode }): ReactNode {
  const { id, words } = props;
  const said = words.said === undefined ? {} : { 'data-say': words.said };
  return (
    <div className={`field${words.error === '' ? '' : ' field-wrong'}`} id={`${id}-frame`}>
      <div className="field-head">
        {props.group === true ? (
          <span className="field-label" id={`${id}-label`} {...said}>
            {words.label}
          </span>
        ) : (
          <label className="field-label" htmlFor={id} id={`${id}-label`} {...said}>
            {words.label}
          </label>
        )}
        {words.optional === '' ? null : <span className="field-optional">{words.optional}</span>}
        {words.source === '' ? null : (
          <span className="field-source">
            <Icon name="card" size={1.1} />
            {words.source}
          </span>
        )}
        <span className="field-saved" role="status" data-say="">
          {words.saved === '' ? null : (
            <>
              <Icon name="check" size={1} />
              {words.saved}
            </>
          )}
        </span>
      </div>
      {words.help === '' ? null : (
        <p className="field-help" id={`${id}-help`}>
          {words.help}
        </p>
      )}
      {props.children}
      {words.error === '' ? null : (
        <p className="field-error" id={`${id}-error`}>
          <Icon name="alert" size={1.2} />
          <span>
            {words.error}
            {words.example === '' ? null : <span className="field-example">{words.example}</span>}
          </span>
        </p>
      )}
    </div>
  );
}

/** The ids that describe a field's widget, for `aria-describedby`. */
export function describedBy(id: string, words: FieldWords): { 'aria-describedby'?: string } {
  const ids = [words.help === '' ? '' : `${id}-help`, words.error === '' ? '' : `${id}-error`].filter((one) => one !== '');
  return ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') };
}
