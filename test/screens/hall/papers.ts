/** Applications at a hall with scans to look at, for tests of the console's pages. */
import { caseId } from '../../fixtures/actions.ts';
import type { TestConsole } from '../../fixtures/hall.ts';
import { WATER_FORM } from '../../rigs/window.ts';
import { scan, signature } from '../console/scans.ts';

let made = 70_000;
const PAPERS: Readonly<Record<string, string>> = { 'third-party': '与第三者利害关系的说明（样本）', location: '取水口位置图（样本）', meter: '取水计量设施照片（样本）' };

/** Hands a water permit in at a window, with a page a material. @param who at whose desk */
export async function handInPapers(who: TestConsole, change: { itemCode: string; name: string; number: string; phone?: string; form?: object; late?: object }): Promise<{ id: string; number: string }> {
  const id = caseId((made += 1));
  const send = async (bytes: Uint8Array, type: string) => (await who.send(`/scans/${id}`, bytes, type)).body.value.hash as string;
  const materials = [];
  for (const [key, title] of Object.entries(PAPERS)) materials.push({ key, trust: 'C', pages: [await send(scan({ title, lines: [`申请人　${change.name}（虚构）`, '黄泽江大市聚村段右岸', '本页仅用于显示测试'] }), 'image/jpeg')] });
  const { body } = await who.call('POST', '/window/cases', {
    id, itemCode: change.itemCode, applicant: { name: change.name, number: change.number, address: '浙江省新昌县沃洲镇大市聚村 12 号', birth: null }, phone: change.phone ?? '13800001234',
    form: { ...WATER_FORM, unitName: change.name, ...change.form }, materials, signed: await send(signature(), 'image/png'), late: change.late ?? null,
  });
  if (body.ok !== true) throw new Error(JSON.stringify(body));
  return { id, number: body.value.number };
}
