import QRCode from 'qrcode';
import { expect, test } from 'vitest';
import { receiptCode } from '../../domain/case/receipt-code.ts';

test('the code of a receipt stays coarse enough for cheap scanners', () => {
  expect(QRCode.create(receiptCode('7K3M-Q9TX-2WPD-4H8R', 'a'.repeat(64)), { errorCorrectionLevel: 'M' }).version).toBeLessThanOrEqual(6);
});
