import { writeFileSync } from 'node:fs';
import { composeTicket } from './ticket/compose.ts';
import { encode } from './ticket/codec.ts';
import { lineDrawer } from './ticket/draw-line.ts';
import { PRINTER_MODELS } from './ticket/model.ts';
import { ticketPrinterEmulator } from './ticket/emulator.ts';
import { testClock } from '../wire/test-clock.ts';
const base = { kind: 'hand-in-slip', hall: '嘉禾县政务服务中心', site: '石桥镇便民服务中心（自助服务区）', item: '食品经营许可（小餐饮、小食杂店）新办', number: '330624202600000123', provisional: false, person: '林**', at: '2026-08-01T01:30:00.000Z', materials: 5, token: 'JB7K-93QX-2MHT-6WPA', phone: '0575-8600 1234', online: true } as const;
const all = [['80', 'epson-tm-t82iii', base], ['80off', 'epson-tm-t82iii', { ...base, number: '临330624-0001-000012', provisional: true, online: false, person: '㛃**' }], ['58', 'xprinter-xp-58iih', base], ['t88','epson-tm-t88vi', base]] as const;
for (const [name, id, ticket] of all) {
  const model = PRINTER_MODELS.get(id)!;
  const clock = testClock();
  const em = ticketPrinterEmulator({ model, clock });
  const c = composeTicket(ticket as any, model, lineDrawer());
  if (!c.ok) throw new Error(JSON.stringify(c.error));
  const bytes = encode(c.value);
  const t0 = performance.now();
  em.receive(bytes);
  await clock.advance(20000);
  console.log(name, bytes.length, em.counts(), 'virtual ms?', performance.now() - t0);
  if (model.cutter === 'none') em.receive(Uint8Array.of(0x1d, 0x56, 1)); await clock.advance(1000);
  writeFileSync(`/tmp/look-${name}.png`, em.papers()[0]!);
}
