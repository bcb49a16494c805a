import type { ReactNode } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { Icon } from '../icons.tsx';
import { describedBy, FieldFrame, type FieldWords } from './field-frame.tsx';

/** One of several as tiles: two in a row when there are few long ones, three when there are many, as for towns. */
export function ChoiceField(props: { id: string; words: FieldWords; value: string | null; options: readonly { value: string; label: string }[]; onChange(value: string): void }): ReactNode {
  const { id, words, value, options } = props;
  const longest = Math.max(0, ...options.map((option) => option.label.length));
  const columns = options.length > 6 && longest <= 8 ? 3 : longest > 14 ? 1 : 2;
  return (
    <FieldFrame id={id} words={words} group>
      <RadioGroup className={`choice choice-${columns}`} id={id} value={value} onChange={props.onChange} isInvalid={words.error !== ''} aria-labelledby={`${id}-label`} {...describedBy(id, words)}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="choice-tile">
            <span className="choice-mark" aria-hidden="true">
              <Icon name="check" size={0.95} />
            </span>
            <span>{option.label}</span>
          </Radio>
        ))}
      </RadioGroup>
    </FieldFrame>
  );
}
