const UNITS = ['KB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes as people read it on sticks: thousands, three figures, at least 1 KB unless it is nothing. */
export function sizeWords(bytes: number): string {
  if (bytes === 0) return '0 KB';
  let value = Math.max(1, bytes / 1000);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
