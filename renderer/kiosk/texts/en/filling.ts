/** Rows, what follows by itself, answers offered again, and going on another time. */
export const filling = {
  'form.computed': 'Worked out by itself.',
  'form.computed.none': 'Follows from the answers above',
  'form.error.too-many-rows': 'These are too many. Please take some out',
  'rows.first': 'Add: {name}',
  'rows.add': 'Add one more: {name}',
  'rows.full': '{count} at most',
  'rows.remove': 'Take out: {name}',
  'rows.remove.short': 'Take out',
  'rows.none': 'None given',
} as const;
