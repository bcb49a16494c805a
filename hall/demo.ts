import { hashPassword } from '../crypto/passwords.ts';
import { MachineId } from '../domain/ids.ts';
import type { Role } from '../domain/contracts/staff.ts';
import { hasAccount, putAccount } from './identity/accounts.ts';
import { addMachine } from './identity/machines.ts';
import type { Hall } from './server.ts';

/** The people of the demo. Their passwords are public: `--demo` is never for a hall that serves citizens. */
export const DEMO_ACCOUNTS: readonly { account: string; name: string; role: Role; password: string }[] = [
  { account: 'wang', name: '王窗口', role: 'clerk', password: 'jinban-demo-wang' },
  { account: 'li', name: '李科室', role: 'department', password: 'jinban-demo-li' },
  { account: 'ma', name: '马事项', role: 'editor', password: 'jinban-demo-ma' },
  { account: 'admin', name: '管理员', role: 'administrator', password: 'jinban-demo-admin' },
];

export const DEMO_MACHINE = MachineId.parse('T330624-0001');

/**
 * Makes the demo's accounts and machine where they are not there yet.
 * @returns a one-time enrolment code, empty when the machine is enrolled already
 */
export async function setUpDemo(hall: Hall): Promise<string> {
  for (const { password, ...staff } of DEMO_ACCOUNTS) {
    if (await hasAccount(hall.ground, staff.account)) continue;
    // Their passwords hold their names, which nobody else's may.
    await putAccount(hall.ground, staff, await hashPassword(password));
  }
  const code = await addMachine(hall.ground, DEMO_MACHINE);
  return code.ok ? code.value : '';
}
