import type { ReactNode } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { RATINGS, type RatingLevel } from '../../domain/ratings/ratings.ts';
import { Face } from '../ui/illustrations/face.tsx';
import { useVisit } from './visit.tsx';
import './screens/rate.css';

/** Five equal faces, none chosen beforehand. */
export function Faces({ level, label, onLevel }: { level: RatingLevel | null; label: string; onLevel(level: RatingLevel | null): void }): ReactNode {
  const { t } = useVisit();
  return (
    <RadioGroup className="faces" aria-label={label} value={level === null ? null : String(level)} onChange={(value) => onLevel(RATINGS.find((one) => String(one.level) === value)?.level ?? null)}>
      {RATINGS.map((one) => (
        <Radio key={one.level} value={String(one.level)} className="face-tile">
          <Face level={one.level} />
          <span>{t(`rate.level.${one.level}`)}</span>
        </Radio>
      ))}
    </RadioGroup>
  );
}
