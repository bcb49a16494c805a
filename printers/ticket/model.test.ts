import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PRINTER_MODELS, PrinterModel } from './model.ts';
import { modelNamed } from './test-rig.ts';

describe('printer models', () => {
  test('every file in models/ is in the table under its own name', () => {
    const files = readdirSync(new URL('../models', import.meta.url)).map((file) => file.replace(/\.json$/, ''));
    expect([...PRINTER_MODELS.keys()].toSorted()).toEqual(files.toSorted());
  });

  test('a wrong model is refused with every reason', () => {
    const good = modelNamed('epson-tm-t82iii');
    expect(PrinterModel.safeParse({ ...good, columns: 49 }).success).toBe(false);
    expect(PrinterModel.safeParse({ ...good, dots: 700 }).success).toBe(false);
    expect(PrinterModel.safeParse({ ...good, paper: 76 }).success).toBe(false);
    expect(PrinterModel.safeParse({ ...good, sources: [] }).success).toBe(false);
    expect(PrinterModel.safeParse({ ...good, colour: true }).success).toBe(false);
  });
});
