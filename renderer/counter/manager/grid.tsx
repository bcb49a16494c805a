import { type KeyboardEvent, type ReactNode, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

export type GridRow = { key: string; name: string; note: string; isOn(column: string): boolean };

/**
 * Boxes in rows and columns, one stop of the Tab key: the arrows, Home and End go from box to box, the space bar ticks.
 * @param goTo row that gets the focus when it becomes this one; null: none
 */
export function Grid({ label, corner, columns, rows, busy, goTo = null, onTick }: { label: string; corner: string; columns: readonly { key: string; name: string; label: string }[]; rows: readonly GridRow[]; busy: boolean; goTo?: string | null; onTick: (row: string, column: string, on: boolean) => void }): ReactNode {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState({ row: 0, column: 0 });
  const [row, column] = [Math.min(at.row, rows.length - 1), Math.min(at.column, columns.length - 1)];
  const focusRow = useEffectEvent(() => table.current?.querySelector<HTMLInputElement>(`[data-at="${rows.findIndex(({ key }) => key === goTo)} 0"]`)?.focus());
  useLayoutEffect(() => focusRow(), [goTo]);
  const onKey = (event: KeyboardEvent) => {
    const next = placeAfter(event.code, { row, column }, { rows: rows.length, columns: columns.length });
    if (next === null || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    setAt(next);
    table.current?.querySelector<HTMLInputElement>(`[data-at="${next.row} ${next.column}"]`)?.focus();
  };
  return (
    <div className="ticks">
      <table ref={table} role="grid" aria-label={label} onKeyDown={onKey}>
        <thead><tr><th scope="col">{corner}</th>{columns.map(({ key, name, label: long }) => <th key={key} scope="col" title={long}><span>{name}</span></th>)}</tr></thead>
        <tbody>
          {rows.map(({ key, name, note, isOn }, rowAt) => (
            <tr key={key}>
              <th scope="row">{name}{note !== '' && <small>{note}</small>}</th>
              {columns.map((one, columnAt) => (
                <td key={one.key}>
                  <label><input
                    type="checkbox" aria-label={`${name} ${one.label}`} checked={isOn(one.key)} data-at={`${rowAt} ${columnAt}`} tabIndex={rowAt === row && columnAt === column ? 0 : -1} aria-disabled={busy}
                    onFocus={() => setAt({ row: rowAt, column: columnAt })} onChange={(event) => !busy && onTick(key, one.key, event.target.checked)}
                  /></label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Place = { row: number; column: number };

/** null: the key does not move. */
function placeAfter(code: string, { row, column }: Place, { rows, columns }: { rows: number; columns: number }): Place | null {
  switch (code) {
    case 'ArrowUp':
      return { row: Math.max(0, row - 1), column };
    case 'ArrowDown':
      return { row: Math.min(rows - 1, row + 1), column };
    case 'ArrowLeft':
      return { row, column: Math.max(0, column - 1) };
    case 'ArrowRight':
      return { row, column: Math.min(columns - 1, column + 1) };
    case 'Home':
      return { row, column: 0 };
    case 'End':
      return { row, column: columns - 1 };
    default:
      return null;
  }
}
