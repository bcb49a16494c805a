import type { ReactNode } from 'react';
import type { CatalogueRow, DraftRow } from '../../../domain/contracts/catalogue.ts';
import { ITEM_STATES } from '../../../domain/item/dictionaries.ts';
import { t } from '../texts.ts';

/** In force, suspended or cancelled. */
export function ItemState({ state }: { state: CatalogueRow['state'] }): ReactNode {
  return <span className="mark" data-tone={{ active: 'good', suspended: 'soon', cancelled: 'none' }[state]}>{ITEM_STATES[state]}</span>;
}

export function DraftState({ state }: { state: DraftRow['state'] }): ReactNode {
  return <span className="stage" data-stage={{ draft: 'handed-in', 'in-review': 'supplemented', approved: 'finished', published: 'accepted', rejected: 'refused', withdrawn: '' }[state]}>{t(`catalogue.state.${state}`)}</span>;
}

/** Starts a file's way onto the reader's computer. */
export function saveFile({ name, mediaType, bytes }: { name: string; mediaType: string; bytes: string }): void {
  const address = URL.createObjectURL(new Blob([Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0))], { type: mediaType }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
