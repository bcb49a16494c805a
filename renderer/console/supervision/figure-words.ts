import type { FigureGroup, FigureSheet } from '../../../domain/contracts/supervision.ts';
import { type Figure, FIGURES, type FigureName } from '../../../domain/supervision/figures.ts';
import { t } from '../texts.ts';

/** `92.3%`, `4.5 天`, or a dash where there was nothing to divide. */
export function valueWords({ name, value }: Pick<Figure, 'name' | 'value'>): string {
  if (value === null) return t('fig.none');
  const { unit } = FIGURES[name];
  return t(`unit.${unit}`, { value: (Math.round(value * 10) / 10).toLocaleString('zh-CN') });
}

/** `230 ÷ 250` */
export function fractionWords({ numerator, denominator }: Pick<Figure, 'numerator' | 'denominator'>): string {
  return t('fig.formula', { numerator: numerator.toLocaleString('zh-CN'), denominator: denominator.toLocaleString('zh-CN') });
}

export function figureOf(group: Pick<FigureGroup, 'figures'>, name: FigureName): Figure | null {
  return group.figures.find((figure) => figure.name === name) ?? null;
}

/** A spreadsheet's text: every group with every figure, its numerator and its denominator. Excel knows UTF-8 by the mark at its head. */
export function csvOf(sheet: FigureSheet): string {
  const names = sheet.whole.map(({ name }) => name);
  const head = ['', t('fig.name'), ...names.flatMap((name) => [FIGURES[name].name, `${FIGURES[name].name}（÷）`, `${FIGURES[name].name}（=）`])];
  const line = (part: string, name: string, figures: readonly Figure[]) => [part, name, ...names.flatMap((one) => {
    const figure = figures.find((own) => own.name === one);
    return figure === undefined ? ['', '', ''] : [figure.numerator, figure.denominator, figure.value === null ? '' : Math.round(figure.value * 1000) / 1000];
  })];
  const rows = [
    head, line(`${sheet.from} – ${sheet.to}`, t('bul.whole'), sheet.whole),
    ...sheet.months.map((group) => line(t('fig.by-month'), group.name, group.figures)), ...sheet.departments.map((group) => line(t('fig.by-department'), group.name, group.figures)),
    ...sheet.items.map((group) => line(t('fig.by-item'), group.name, group.figures)), ...sheet.sites.map((group) => line(t('fig.by-site'), group.name, group.figures)),
  ];
  return `\uFEFF${rows.map((row) => row.map((cell) => cellText(String(cell))).join(',')).join('\r\n')}\r\n`;
}

/** A cell that a spreadsheet would take for a formula is made a text. */
function cellText(cell: string): string {
  const safe = /^[=+@\t\r]/.test(cell) || (cell.startsWith('-') && Number.isNaN(Number(cell))) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
