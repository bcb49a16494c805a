/** The document of the benches: a hand-in whose signed action is about 4 KB of JSON. Everybody in it is fictional. */
import type { ActionRequest } from '../../../sync/terminal-store/types.ts';
import { Hash } from '../../../domain/ids.ts';
import { caseId, handedIn } from '../../fixtures/actions.ts';

/** Pages of its three materials; each is a reference of some 130 bytes. */
const PAGES = [4, 6, 4];

export function handInRequest(serial: number): ActionRequest {
  const page = (material: number, index: number) => ({ hash: Hash.parse((serial * 64 + material * 8 + index).toString(16).padStart(64, '0')), size: 412_000, mediaType: 'image/jpeg' as const });
  const payload = handedIn({
    number: { value: `33062420261${String(serial).padStart(8, '0')}`, provisional: false },
    form: {
      town: '330624112', localHousehold: true, phone: '13800001234', address: '浙江省绍兴市新昌县沃洲镇大市聚村测试路十二号三幢二单元五〇一室',
      emergencyName: '李测试', emergencyRelation: 'child', emergencyPhone: '13900005678', remarks: '本人行动不便，结果请寄到上面的住址；白天可打电话。'.repeat(8),
    },
    materials: PAGES.map((pages, material) => ({ key: `material-${material}`, pages: Array.from({ length: pages }, (_, index) => page(material, index)), trust: 'C' as const })),
  });
  return { case: caseId(serial), item: { code: '1133062400260000XR4001234567890', version: 1 }, actor: { kind: 'citizen' }, payload };
}
