import { createHash } from 'node:crypto';
import type { HandInAtWindow } from '../../domain/contracts/window.ts';
import { caseId } from '../fixtures/actions.ts';
import type { AnswerBody, TestConsole } from '../fixtures/hall.ts';

/** A page as a scanner makes it: JPEG by its first bytes; `words` make it another page. */
export function scannedPage(words: string): Uint8Array {
  return Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), createHash('sha256').update(words).digest()]);
}

let made = 90_000;

/** What a water permit is asked with. */
export const WATER_FORM = {
  applicantKind: 'person', unitName: '张测试', phone: '13800000000', source: 'river', town: '330624001', place: '测试江右岸取水口', means: 'gravity', amount: 1200, use: 'irrigation', returnPlace: '测试渠', startsOn: '2027-03-01', endsOn: '2032-02-29',
};

/** Hands an application in at a window, with a page for each of these materials and one for the signed form. */
export async function handInAt(who: TestConsole, change: Partial<Omit<HandInAtWindow, 'materials' | 'signed'>> & { itemCode: string; materials: readonly string[] }): Promise<{ id: string; body: AnswerBody; sent: HandInAtWindow }> {
  const { materials, ...rest } = change;
  const id = rest.id ?? caseId((made += 1));
  const page = async (words: string) => {
    const { body } = await who.send(`/scans/${id}`, scannedPage(words), 'image/jpeg');
    if (body.ok !== true) throw new Error(`scan: ${JSON.stringify(body)}`);
    return body.value.hash;
  };
  const pages: HandInAtWindow['materials'] = [];
  for (const key of materials) pages.push({ key, trust: 'B', pages: [await page(key)] });
  const sent: HandInAtWindow = {
    id, applicant: { name: '张测试', number: '330624199001010018', address: '浙江省新昌县测试路1号', birth: null }, phone: '13800000000', form: WATER_FORM, late: null, ...rest,
    materials: pages, signed: await page('signed'),
  };
  return { id, body: (await who.call('POST', '/window/cases', sent)).body, sent };
}
