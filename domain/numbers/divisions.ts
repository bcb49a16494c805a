/**
 * Names of the divisions this product knows by heart: its three counties with their parents and towns.
 * Source: GB/T 2260 and the 2023 statistical codes of towns (names of units at 乡级 that are neither 街道, 镇 nor 乡 are left out).
 * Codes change; a case keeps code and name as they were, so nothing here is ever mapped onto an old case.
 */
const COUNTY_NAMES: Readonly<Record<string, string>> = {
  '33': '浙江省', '3306': '绍兴市', '330624': '新昌县',
  '51': '四川省', '5111': '乐山市', '511126': '夹江县',
  '41': '河南省', '4101': '郑州市', '410184': '新郑市',
};

const TOWN_NAMES: Readonly<Record<string, string>> = {
  '330624001': '羽林街道', '330624002': '南明街道', '330624003': '七星街道', '330624004': '澄潭街道',
  '330624104': '回山镇', '330624107': '小将镇', '330624108': '沙溪镇', '330624109': '镜岭镇', '330624110': '儒岙镇', '330624112': '沃洲镇',
  '330624200': '城南乡', '330624201': '东茗乡',
  '511126001': '青衣街道', '511126002': '漹城街道',
  '511126101': '黄土镇', '511126102': '甘江镇', '511126106': '吴场镇', '511126107': '木城镇', '511126108': '华头镇', '511126110': '新场镇', '511126111': '马村镇',
  '410184001': '新建路街道', '410184002': '新华路街道', '410184003': '新烟街道',
  '410184101': '新村镇', '410184102': '辛店镇', '410184103': '观音寺镇', '410184104': '梨河镇', '410184105': '和庄镇', '410184106': '薛店镇', '410184107': '孟庄镇', '410184108': '郭店镇', '410184109': '龙湖镇',
  '410184200': '城关乡',
};

/** Name of a province (2 digits), prefecture (4), county (6) or town (9) without padding zeros; null when it is not one we know. */
export function divisionName(code: string): string | null {
  return COUNTY_NAMES[code] ?? TOWN_NAMES[code] ?? null;
}

/** Towns of a county in the order of their codes; empty for a county we do not know. @param county 6 digits */
export function townsOf(county: string): { code: string; name: string }[] {
  return Object.entries(TOWN_NAMES).flatMap(([code, name]) => (code.startsWith(county) ? [{ code, name }] : []));
}
