/**
 * The real hall on an empty PostgreSQL, with machines enrolled before it serves: 200 that enrol at once from one address would be turned
 * away, as they should. Arguments: DATABASE_URL, a folder, and the machines as JSON `[{machine, publicKey}]`.
 */
import { createHall } from '../../../hall/server.ts';
import { systemClock } from '../../../hall/clock/system.ts';
import { openDatabase } from '../../../hall/db/database.ts';
import { generateKeyRing } from '../../../hall/identity/keys.ts';
import { addMachine, enrol } from '../../../hall/identity/machines.ts';
import { MachineId } from '../../../domain/ids.ts';
import { packItem } from '../../fixtures/hall.ts';

const [, , url = '', data = '', machines = '[]'] = process.argv;
const opened = await openDatabase({ kind: 'postgres', url }, '330624');
if (!opened.ok) throw new Error(opened.error.kind);
const created = await createHall({
  hall: MachineId.parse('H330624'), name: '新昌县政务服务中心', db: opened.value, keys: generateKeyRing(), clock: systemClock, log: () => undefined,
  items: [packItem('elder-card')], data, consoleFolder: null, secureCookies: false, demo: false, rounds: false, smsGateway: null, secondFactor: 'off',
});
if (!created.ok) throw new Error(created.error.kind);
const hall = created.value;
for (const { machine, publicKey } of JSON.parse(machines) as { machine: MachineId; publicKey: string }[]) {
  const code = await addMachine(hall.ground, machine);
  if (!code.ok) throw new Error(code.error.kind);
  await enrol(hall.ground, { machine, publicKey, code: code.value });
}
const { url: address } = await hall.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ url: address })}\n`);
process.stdin.resume().once('end', () => void hall.close().then(() => opened.value.close()));
