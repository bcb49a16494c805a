import { type ReactNode, useEffect, useState } from 'react';
import { Icon } from '../ui/icons.tsx';
import { useVisit } from './visit.tsx';

/** A page that core keeps, shown small. Its address is given back when the picture leaves the screen, so nothing stays in memory. */
export function PagePicture({ page, label }: { page: string; label: string }): ReactNode {
  const { client, t } = useVisit();
  const [address, setAddress] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let wanted = true;
    let made: string | null = null;
    client.page({ page }).then(
      (answer) => {
        if (!wanted) return;
        if (!answer.ok) {
          setFailed(true);
          return;
        }
        made = URL.createObjectURL(new Blob([Uint8Array.from(answer.value)], { type: 'image/jpeg' }));
        setAddress(made);
      },
      () => (wanted ? setFailed(true) : undefined),
    );
    return () => {
      wanted = false;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [client, page]);
  if (failed) {
    return (
      <span className="page-picture page-missing">
        <Icon name="alert" />
        {t('material.page.missing')}
      </span>
    );
  }
  return address === null ? <span className="page-picture" role="img" aria-label={label} /> : <img className="page-picture" src={address} alt={label} />;
}
