import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PayloadOf } from '../../../domain/action/payload.ts';
import { makeCitizenId } from '../../../domain/numbers/citizen-id.ts';

/** The fictional person of a hand-in: what they say of themselves must never be found in a log. */
export type Person = { name: string; number: string; birth: string; address: string; phone: string; contact: string };

const FAMILY = ['欧阳', '司马', '诸葛', '上官'];

export function personOf(serial: number): Person {
  const birth = `19${String(40 + (serial % 60)).padStart(2, '0')}-0${1 + (serial % 9)}-1${serial % 10}`;
  return {
    name: `${FAMILY[serial % FAMILY.length]}虚构${serial}`,
    number: makeCitizenId({ division: '330624', birth, sequence: serial % 1000 }),
    birth,
    address: `浙江省新昌县臆想路${serial}号`,
    phone: `138${String(10_000_000 + serial)}`,
    contact: `虚构联系人${serial}`,
  };
}

/** What such a person hands in, besides number, files and keys. */
export function applicationOf({ name, number, birth, address, phone, contact }: Person): Pick<PayloadOf<'handed-in'>, 'applicant' | 'phone' | 'form'> {
  return {
    applicant: { card: 'resident', name, sex: 'male', ethnicity: '01', birth, address, number, authority: '新昌县公安局', validFrom: '2020-01-01', validTo: null },
    phone,
    form: { town: '330624001', address, localHousehold: true, phone, emergencyName: contact, emergencyRelation: 'child', emergencyPhone: phone },
  };
}

/**
 * Any of these in a log is a leak: all planted people share them, and no program says them by itself. Digits within a hash are none, nor is a
 * case number, which begins with this century.
 */
const LEAK = /欧阳|司马|诸葛|上官|虚构|臆想路|(?<![0-9a-z])(?:33062419\d{9}[\dX]|1381000\d{4})(?![0-9a-z])/iu;

/** Every line of a text that holds something personal, with escapes undone. */
export function leaksIn(text: string): string[] {
  return text.split('\n').filter((line) => LEAK.test(line.replaceAll(/\\u([0-9a-f]{4})/gi, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))));
}

/** Every leaking line in the files under a folder, and every file whose own name leaks. */
export function leaksUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const path = join(folder, name);
    const inside = statSync(path).isFile() ? leaksIn(readFileSync(path, 'utf8')).map((line) => `${name}: ${line}`) : [];
    return [...inside, ...leaksIn(name)];
  });
}
