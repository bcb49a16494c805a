/** The real hall on an empty PostgreSQL, with machines that wait to be enrolled. Arguments: DATABASE_URL, how many machines, a folder. */
import { createHall } from '../../../hall/server.ts';
import { systemClock } from '../../../hall/clock/system.ts';
import { openDatabase } from '../../../hall/db/database.ts';
import { generateKeyRing } from '../../../hall/identity/keys.ts';
import { addMachine } from '../../../hall/identity/machines.ts';
import { MachineId } from '../../../domain/ids.ts';
import { packItem } from '../../fixtures/hall.ts';

const [, , url = '', machines = '1', data = ''] = process.argv;
const opened = await openDatabase({ kind: 'postgres', url }, '330624');
if (!opened.ok) throw new Error(opened.error.kind);
const created = await createHall({
  hall: MachineId.parse('H330624'), name: '新昌县政务服务中心', db: opened.value, keys: generateKeyRing(), clock: systemClock, log: () => undefined,
  items: [packItem('elder-card')], data, consoleFolder: null, secureCookies: false, demo: false,
});
if (!created.ok) throw new Error(created.error.kind);
const hall = created.value;
const codes: string[] = [];
for (let serial = 1; serial <= Number(machines); serial += 1) {
  const code = await addMachine(hall.ground, MachineId.parse(`T330624-${String(serial).padStart(4, '0')}`));
  if (!code.ok) throw new Error(code.error.kind);
  codes.push(code.value);
}
const { url: address } = await hall.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ url: address, codes })}\n`);
process.stdin.resume().once('end', () => void hall.close().then(() => opened.value.close()));
