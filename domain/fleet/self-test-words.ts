/** What a self-test looks at, and what it found, by text key: one set for screens and consoles. Devices are in `device-words.ts`. */
import type { SelfTestFinding } from '../contracts/fleet.ts';
import { deviceName, reasonWords } from './device-words.ts';

export const selfTestChecks = {
  'self-test.check.blanks': '证照专用纸',
  'self-test.check.prints': '待查的打印',
  'self-test.check.disk': '存储',
  'self-test.check.line': '与大厅的线路',
  'self-test.check.clock': '时钟',
  'self-test.check.keys': '密钥',
};

export const selfTestReasons = {
  'self-test.reason.no-blanks': '用完了',
  'self-test.reason.few-blanks': '快用完',
  'self-test.reason.blanks-in-doubt': '要先清点',
  'self-test.reason.in-doubt': '有打印不知道出没出来',
  'self-test.reason.no-scans': '快满，不能拍材料',
  'self-test.reason.full': '已满，不能受理',
  'self-test.reason.offline': '联不上大厅',
  'self-test.reason.outdated': '大厅不再支持本机的程序',
  'self-test.reason.never-compared': '没有和大厅对过时间',
  'self-test.reason.clock-off': '与大厅相差太多，请校准',
  'self-test.reason.cannot-sign': '不能签名，请联系县信息中心',
  'self-test.reason.not-enrolled': '本机还没有在大厅登记',
};

/** For the people who look after machines. What this program has no word for stands as it is. */
export function findingWords({ check, name, reasons }: Pick<SelfTestFinding, 'check' | 'name'> & { reasons: readonly string[] }): { check: string; reasons: string } {
  const known: Readonly<Record<string, string>> = { ...selfTestChecks, ...selfTestReasons };
  const word = (key: string) => (Object.hasOwn(known, key) ? known[key] : undefined);
  return { check: name === '' ? (word(`self-test.check.${check}`) ?? deviceName(check)) : name, reasons: reasons.map((reason) => word(`self-test.reason.${reason}`) ?? reasonWords(reason)).join('、') };
}
