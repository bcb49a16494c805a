/** A made-up site of one hub on this computer, to look at. Its people are fictional, and all have the PIN 246810. */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { hashPassword } from '../../crypto/passwords.ts';
import { inProject } from '../paths.ts';
import { say } from '../say.ts';

export const DEMO_PIN = '246810';
const FOLDER = inProject('.cache', 'site-demo');
const FILE = `${FOLDER}/site.yaml`;

const business = (key: string, prefix: string, name: string, usualMinutes: number) => ({ key, prefix, name, items: [], usualMinutes });

/** @returns the settings, made at the first call */
export async function demoSite(): Promise<string> {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  const before = await readFile(FILE, 'utf8').catch(() => null);
  if (before === null) await writeFile(FILE, stringify(await settings()), { mode: 0o600 });
  say(`${FILE}: clerks wang.li and chen.jie, manager lin.hua, PIN ${DEMO_PIN}`);
  return FILE;
}

async function settings(): Promise<object> {
  const pin = await hashPassword(DEMO_PIN);
  return {
    machine: 'T330624-0001', site: '七星街道便民服务中心', hallName: '新昌县政务服务中心', data: '.',
    queue: {
      listen: { host: '127.0.0.1' },
      holderKey: randomBytes(32).toString('base64'),
      staff: [['wang.li', '王丽', 'clerk'], ['chen.jie', '陈杰', 'clerk'], ['lin.hua', '林华', 'manager']].map(([account, name, role]) => ({ account, name, pin, role })),
      rules: {
        businesses: [business('social-security', 'A', '社会保障', 8), business('registration', 'B', '企业登记', 15), business('housing', 'C', '不动产登记', 12), business('general', 'D', '综合受理', 10)],
        windows: [1, 2, 3, 4, 5, 6].map((number) => ({ number, businesses: number <= 2 ? ['social-security'] : number <= 4 ? ['registration', 'general'] : ['housing', 'general'] })),
        missed: { kind: 'after', tickets: 3, times: 2 }, ordinaryEvery: 4, elderlyFrom: 65, leaseSize: 20,
      },
    },
  };
}
