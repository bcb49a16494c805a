import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test('cells are quoted where they must be, and none is a formula', () => {
  expect(csvLine(['王一', '老人, 优待', '说"好"', '两\n行'])).toBe('王一,"老人, 优待","说""好""","两\n行"\r\n');
  expect(csvLine(['=1+1', '+86', '-3', '@x', '\tx', '1-2', '330624202600000001'])).toBe("'=1+1,'+86,'-3,'@x,'\tx,1-2,'330624202600000001\r\n");
});
