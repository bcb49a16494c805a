import { Ticket } from '../../domain/documents/types.ts';

/** A slip that says of itself that it is only a test. */
export function testSlip(): Ticket {
  return Ticket.parse({
    kind: 'hand-in-slip',
    hall: '打印机测试',
    site: '本机',
    item: '这是一张测试凭条，不是办件凭证',
    number: '000000000000000000',
    provisional: false,
    person: '测**',
    at: new Date().toISOString(),
    materials: 0,
    token: 'TEST-0000-0000',
    phone: '0000-00000000',
    online: true,
  });
}
