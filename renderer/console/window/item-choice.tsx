import { Input } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { buildIndex, searchItems } from '../../../domain/item/search.ts';
import type { Item } from '../../../domain/item/types.ts';
import { t } from '../texts.ts';

/** Items shown at once. */
const SHOWN = 8;

/** Which item is handed in: by name, everyday word, pinyin or code. ↓ ↑ choose, Enter takes. */
export function ItemChoice({ items, onChoose }: { items: readonly Item[]; onChoose: (item: Item) => void }): ReactNode {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const index = useMemo(() => buildIndex(items), [items]);
  const byCode = query.length >= 4 ? items.filter(({ code }) => code.toUpperCase().includes(query.toUpperCase())).map(({ code }) => code) : [];
  const found = [...new Set([...byCode, ...searchItems(index, query)])].slice(0, SHOWN).flatMap((code) => items.filter((item) => item.code === code));
  const chosen = Math.min(at, found.length - 1);
  return (
    <div className="choice">
      <label className="field"><span>{t('window.item')}</span>
        <Input
          autoFocus
          size="large"
          value={query}
          placeholder={t('window.item.hint')}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls="window-items"
          aria-activedescendant={found[chosen] === undefined ? undefined : `item-${found[chosen].code}`}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            const item = found[chosen];
            if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
              event.preventDefault();
              setAt(Math.max(0, Math.min(chosen + (event.key === 'ArrowDown' ? 1 : -1), found.length - 1)));
            } else if (event.key === 'Enter' && item !== undefined) {
              event.preventDefault();
              onChoose(item);
            }
          }}
        />
      </label>
      <ul id="window-items" role="listbox" aria-label={t('window.items')}>
        {found.map((item, place) => <li key={item.code} id={`item-${item.code}`} role="option" aria-selected={place === chosen} onClick={() => onChoose(item)}><strong>{item.name}</strong><span className="faint">{item.body.name}</span></li>)}
      </ul>
      {found.length === 0 && <p className="faint">{t('window.item.none')}</p>}
    </div>
  );
}
