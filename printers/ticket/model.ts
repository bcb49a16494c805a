import { z } from 'zod';
import epsonEuM30 from '../models/epson-eu-m30.json' with { type: 'json' };
import epsonTmT82iii from '../models/epson-tm-t82iii.json' with { type: 'json' };
import epsonTmT88vi from '../models/epson-tm-t88vi.json' with { type: 'json' };
import xprinterXp58iih from '../models/xprinter-xp-58iih.json' with { type: 'json' };
import xprinterXpN160ii from '../models/xprinter-xp-n160ii.json' with { type: 'json' };

/** Dots across of one column: font A of every ESC/POS printer is 12 × 24 dots, a Chinese character is two columns, 24 × 24. */
export const COLUMN_DOTS = 12;
/** Dots down of one character. */
export const CHARACTER_DOTS = 24;

/** Lines that bring the last print from the head to the tear-off edge of a printer without a blade: 4 × 30 dots, 15 mm. */
export const TEAR_OFF_LINES = 4;

/** What one receipt printer can do, as data: `printers/models/<id>.json`. */
export const PrinterModel = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    vendor: z.string().min(1),
    name: z.string().min(1),
    /** Paper roll width in millimetres. */
    paper: z.union([z.literal(80), z.literal(58)]),
    dotsPerInch: z.int().min(100).max(600),
    /** Dots of a line, rounded down to whole bytes: the raster width. */
    dots: z.int().min(200).max(1000).multipleOf(8),
    /** Characters of font A on a line. */
    columns: z.int().min(20).max(80),
    /** Dots from line to line at the default spacing (ESC 2). */
    lineDots: z.int().min(CHARACTER_DOTS).max(60),
    /** Which Chinese characters its font holds. All are sent as two bytes; what is not in here is drawn. */
    chinese: z.enum(['gb2312', 'gbk', 'gb18030']),
    /** `none`: the ticket is torn off by hand, so it is fed out to the edge instead. */
    cutter: z.enum(['none', 'partial', 'full']),
    /** Prints QR codes itself (GS ( k); if not, they are drawn. */
    qr: z.boolean(),
    /** Answers DLE EOT 1–4. Without it nobody can know its state, and nothing is printed on it. */
    realTimeStatus: z.boolean(),
    /** Answers GS r 1 in its turn. Without it a print cannot be confirmed. */
    queuedStatus: z.boolean(),
    /** Obeys DLE DC4 fn 8 and answers 37 25 00. Without it a ticket is sent line by line, each line confirmed. */
    clearBuffer: z.boolean(),
    /** Sends its state by itself at every change when told to (GS a). Without it a change shows at the next poll. */
    autoStatus: z.boolean(),
    /** True once the contract run passed on the device itself; until then the values come from `sources`. */
    verified: z.boolean(),
    /** Where the values come from, and which of them are assumed. */
    sources: z.array(z.string().min(1)).min(1),
  })
  .refine((model) => model.columns * COLUMN_DOTS <= model.dots, { error: 'columns do not fit the dots', path: ['columns'] })
  .refine((model) => (model.dots / model.dotsPerInch) * 25.4 < model.paper, { error: 'the line is wider than the paper', path: ['dots'] });
export type PrinterModel = z.infer<typeof PrinterModel>;

/** Every model file, parsed; a file that does not fit the schema stops the process at start. */
export const PRINTER_MODELS: ReadonlyMap<string, PrinterModel> = new Map(
  [epsonEuM30, epsonTmT82iii, epsonTmT88vi, xprinterXp58iih, xprinterXpN160ii].map((data) => {
    const model = PrinterModel.parse(data);
    return [model.id, model];
  }),
);
