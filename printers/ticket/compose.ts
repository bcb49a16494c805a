import type { Ticket } from '../../domain/documents/types.ts';
import type { Result } from '../../domain/result.ts';
import { never, ok } from '../../domain/result.ts';
import type { Bitmap } from './bitmap.ts';
import { blank, fittingModule, qrBitmap, rule, withoutRealTime } from './bitmap.ts';
import type { Command } from './codec.ts';
import { MAX_RASTER_ROWS } from './codec.ts';
import type { DrawLine, MissingGlyph } from './draw-line.ts';
import type { Block, Line } from './layout.ts';
import { lineColumns, textLines } from './layout.ts';
import type { PrinterModel } from './model.ts';
import { COLUMN_DOTS, TEAR_OFF_LINES } from './model.ts';
import { appointmentSlip } from './appointment-slip.ts';
import { daySum } from './day-sum.ts';
import { readiness } from './readiness.ts';
import { messageSlip } from './message-slip.ts';
import { maintenanceSlip } from './maintenance-slip.ts';
import { keptSlip } from './kept-slip.ts';
import { queueTicket } from './queue-ticket.ts';
import { materialsSlip } from './materials-slip.ts';
import { handInSlip } from './slip.ts';
import { inFont } from './text.ts';

/** Rules as dots: white above, black, white below. The space above is smaller, since a text line ends with its own. */
const RULES = { hair: { above: 6, thickness: 2, below: 14 }, heavy: { above: 8, thickness: 4, below: 16 } };
/** Black dots above and below the letters of a banner. */
const BANNER_EDGE = 8;

/** A whole ticket as commands, from initialise to cut. Fails when a character is in no font. */
export function composeTicket(ticket: Ticket, model: PrinterModel, drawLine: DrawLine): Result<Command[], MissingGlyph> {
  return compose(documentOf(ticket), model, drawLine);
}

/** The first level: what stands on the paper. */
export function documentOf(ticket: Ticket): Block[] {
  switch (ticket.kind) {
    case 'hand-in-slip':
      return handInSlip(ticket);
    case 'message-slip':
      return messageSlip(ticket);
    case 'kept-slip':
      return keptSlip(ticket);
    case 'queue-ticket':
      return queueTicket(ticket);
    case 'appointment-slip':
      return appointmentSlip(ticket);
    case 'materials-slip':
      return materialsSlip(ticket);
    case 'day-sum':
      return daySum(ticket);
    case 'readiness':
      return readiness(ticket);
    case 'test-slip':
      return maintenanceSlip(ticket);
  }
}

/**
 * The second level: blocks as commands for one model. Every print mode that a line sets is left again behind it, so that a
 * line lost to a fault never changes how the next one looks.
 */
export function compose(blocks: readonly Block[], model: PrinterModel, drawLine: DrawLine): Result<Command[], MissingGlyph> {
  const commands: Command[] = [{ type: 'initialise' }];
  for (const block of blocks) {
    const made = commandsOf(block, model, drawLine);
    if (!made.ok) return made;
    commands.push(...made.value);
  }
  return ok(commands);
}

function commandsOf(block: Block, model: PrinterModel, drawLine: DrawLine): Result<Command[], MissingGlyph> {
  switch (block.kind) {
    case 'text':
    case 'row':
      return linesCommands(textLines(block, model.columns), model, drawLine);
    case 'banner': {
      const lines = textLines(block, model.columns);
      const made = linesCommands(lines, model, drawLine);
      if (!made.ok) return made;
      // Double-height lines leave no space between them, so that the edges join the band.
      const edge = centred(picture(rule(Math.max(...lines.map(lineColumns)) * COLUMN_DOTS, BANNER_EDGE)));
      return ok([...edge, ...made.value, ...edge]);
    }
    case 'rule':
      return ok(ruleCommands(model.dots, RULES[block.weight]));
    case 'space':
      return ok(picture(blank(8, block.dots)));
    case 'qr': {
      const module = fittingModule(block.data, block.module, block.correction, model.dots);
      return ok(model.qr ? qrCommands({ ...block, module }) : centred(picture(qrBitmap(block.data, module, block.correction))));
    }
    case 'cut':
      return ok(model.cutter === 'none' ? [{ type: 'feed', value: TEAR_OFF_LINES }] : [{ type: 'feed-and-cut', value: model.cutter }]);
    default:
      return never(block);
  }
}

function linesCommands(lines: readonly Line[], model: PrinterModel, drawLine: DrawLine): Result<Command[], MissingGlyph> {
  const commands: Command[] = [];
  for (const line of lines) {
    const made = lineCommands(line, model, drawLine);
    if (!made.ok) return made;
    commands.push(...made.value);
  }
  return ok(commands);
}

function lineCommands(line: Line, model: PrinterModel, drawLine: DrawLine): Result<Command[], MissingGlyph> {
  if (line.runs.every((run) => inFont(run.text, model.chinese))) return ok(textCommands(line));
  const drawn = drawLine(line, model.dots);
  if (!drawn.ok) return drawn;
  // A picture advances by its own height alone; the printer's line spacing has to be added.
  const below = model.lineDots - drawn.value.height;
  return ok([...picture(drawn.value), ...(below > 0 ? picture(blank(8, below)) : [])]);
}

function textCommands({ align, size, reverse, runs }: Line): Command[] {
  const text = runs.filter((run) => run.text !== '').flatMap(({ text, bold }): Command[] => (bold ? [{ type: 'bold', value: true }, { type: 'text', value: text }, { type: 'bold', value: false }] : [{ type: 'text', value: text }]));
  const big = size.width > 1 || size.height > 1;
  const modes: [boolean, Command, Command][] = [
    [align !== 'left', { type: 'align', value: align }, { type: 'align', value: 'left' }],
    [big, { type: 'size', value: size }, { type: 'size', value: { width: 1, height: 1 } }],
    [reverse, { type: 'reverse', value: true }, { type: 'reverse', value: false }],
    [runs.some((run) => /[^ -~]/.test(run.text)), { type: 'chinese', value: true }, { type: 'chinese', value: false }],
  ];
  const used = modes.filter(([needed]) => needed);
  // The line is printed before its alignment ends: alignment counts when the line feed comes.
  return [...used.map(([, on]) => on), ...text, { type: 'line-feed' }, ...used.map(([, , off]) => off).toReversed()];
}

/** The white around a rule is one byte wide: as a picture of the full width it would be most of the job. */
function ruleCommands(width: number, { above, thickness, below }: (typeof RULES)['hair']): Command[] {
  return [...picture(blank(8, above)), ...picture(rule(width, thickness)), ...picture(blank(8, below))];
}

function qrCommands({ data, module, correction }: Extract<Block, { kind: 'qr' }>): Command[] {
  return centred([
    { type: 'qr-model', value: 2 },
    { type: 'qr-module', value: module },
    { type: 'qr-correction', value: correction },
    { type: 'qr-store', value: data },
    { type: 'qr-print' },
  ]);
}

function centred(commands: readonly Command[]): Command[] {
  return [{ type: 'align', value: 'centre' }, ...commands, { type: 'align', value: 'left' }];
}

/** A picture in bands that every printer's memory takes. */
function picture(bitmap: Bitmap): Command[] {
  const row = bitmap.width / 8;
  return Array.from({ length: Math.ceil(bitmap.height / MAX_RASTER_ROWS) }, (_, band) => {
    const bits = bitmap.bits.slice(band * MAX_RASTER_ROWS * row, (band + 1) * MAX_RASTER_ROWS * row);
    return { type: 'raster', value: withoutRealTime({ width: bitmap.width, height: bits.length / row, bits }) };
  });
}
