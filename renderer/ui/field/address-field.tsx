import type { ReactNode } from 'react';
import { ChoiceField } from './choice-field.tsx';
import type { FieldWords } from './field-frame.tsx';
import { TextField } from './text-field.tsx';

/**
 * An address by its division, then in words: one touch for the town, and only the rest is typed. The value is one text; an option's value is what it begins with.
 * Whoever lives elsewhere chooses none and writes it all. @property words of the whole @property detail of the part that is typed
 */
export function AddressField(props: { id: string; words: FieldWords; detail: FieldWords; value: string; options: readonly { value: string; label: string }[]; most: number; onChange(value: string): void }): ReactNode {
  const { id, words, value, options, onChange } = props;
  const town = options.filter((option) => value.startsWith(option.value)).toSorted((one, other) => other.value.length - one.value.length)[0] ?? null;
  const rest = town === null ? value : value.slice(town.value.length);
  function choose(chosen: string): void {
    const label = options.find((option) => option.value === chosen)?.label ?? '';
    // An address that was written whole, as a card has it, names the town itself.
    const at = town === null && label !== '' ? rest.indexOf(label) : -1;
    onChange(chosen + (at === -1 ? rest : rest.slice(at + label.length)));
  }
  return (
    <>
      <ChoiceField id={`${id}-town`} words={{ ...words, error: '', example: '', saved: '' }} value={town?.value ?? null} options={options} onChange={choose} />
      <TextField id={id} words={props.detail} value={rest} keyboard="text" lines={3} most={Math.max(1, props.most - (town?.value.length ?? 0))} onChange={(typed) => onChange((town?.value ?? '') + typed)} />
    </>
  );
}
