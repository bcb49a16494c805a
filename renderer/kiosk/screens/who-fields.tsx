import { type ReactNode, useEffect, useState } from 'react';
import type { WhoField } from '../../../domain/contracts/kiosk.ts';
import { TextField } from '../../ui/field/text-field.tsx';
import type { KioskClient } from '../core.ts';
import type { FieldValue } from '../form-rules.ts';
import { useSaver } from '../saving.ts';
import type { TextKey } from '../text.ts';
import { useVisit } from '../visit.tsx';

/** How each is typed; examples belong to nobody. */
const FIELDS: Readonly<Record<WhoField, { label: TextKey; help?: TextKey; keyboard: 'text' | 'citizen-id' | 'credit-code'; most: number; groups?: readonly number[] }>> = {
  name: { label: 'who.name', help: 'who.name.help', keyboard: 'text', most: 60 },
  number: { label: 'who.number', help: 'who.number.help', keyboard: 'citizen-id', most: 18, groups: [6, 8, 4] },
  company: { label: 'who.company', keyboard: 'text', most: 80 },
  creditCode: { label: 'who.creditCode', keyboard: 'credit-code', most: 18, groups: [2, 6, 9, 1] },
  representative: { label: 'who.representative', keyboard: 'text', most: 60 },
};

/** Where these fields are saved. */
const intoWho = (client: KioskClient, name: string, value: FieldValue): Promise<{ ok: boolean }> => client.who.save({ field: name as WhoField, value: value === null ? '' : String(value) });

/** What is typed of who applies, saved as it is typed. @param onSettled is given the way to wait until all of it is durable */
export function WhoFields({ fields, onSettled }: { fields: readonly WhoField[]; onSettled(settled: () => Promise<void>): void }): ReactNode {
  const { t, view, client } = useVisit();
  const [typed, setTyped] = useState<Partial<Record<WhoField, string>>>({});
  const saver = useSaver(client, intoWho);
  useEffect(() => onSettled(saver.settled));
  if (view.who === null) return null;
  const { values, errors } = view.who;
  return (
    <div className="form">
      {fields.map((field) => {
        const { label, help, keyboard, most, groups } = FIELDS[field];
        const error = errors[field];
        return (
          <TextField
            key={field}
            id={`who-${field}`}
            words={{ label: t(label), help: help === undefined ? '' : t(help), error: error === undefined ? '' : t(`who.error.${error}`), example: '', source: '', optional: '', saved: saver.saved.has(field) ? t('form.saved') : '' }}
            value={typed[field] ?? values[field]}
            keyboard={keyboard}
            most={most}
            {...(groups === undefined ? {} : { groups })}
            onChange={(value) => {
              const spelt = keyboard === 'text' ? value : value.toUpperCase();
              setTyped((held) => ({ ...held, [field]: spelt }));
              saver.put(field, spelt);
            }}
          />
        );
      })}
    </div>
  );
}
