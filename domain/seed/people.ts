/**
 * Fictional people. Each is made from the seed and a number alone, so a county of any size needs no list of them in memory, and the same number is the same person again.
 * Their identity numbers are valid and can be nobody's: digits 330699 were never given to a county.
 */
import { dateOfDay, dayNumber } from '../calendar/civil-date.ts';
import type { CardHolder } from '../identity/card-holder.ts';
import { makeCitizenId } from '../numbers/citizen-id.ts';
import { makeForeigner2017Id } from '../numbers/foreigner-2017.ts';
import { makeForeigner2023Id } from '../numbers/foreigner-2023.ts';
import { never } from '../result.ts';
import { type Random, randomFor } from './random.ts';

const NOBODYS_DIVISION = '330699';

/** Who may apply: elders are over 60 in every year of a story, adults between 18 and 59. */
export type AgeGroup = 'elder' | 'adult';
type Births = { first: string; days: number };
/** Numbers of days are prime, so that steps of any length reach every day before one comes again. */
const BIRTHS: Readonly<Record<AgeGroup, Births>> = { elder: { first: '1934-02-01', days: 10_007 }, adult: { first: '1967-05-01', days: 13_999 } };
const STEP = 3571;

export type Person = { holder: CardHolder; name: string; phone: string; male: boolean };

const SURNAMES = [...'王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚'];
const RARE_SURNAMES = ['欧阳', '司徒', '上官', '诸葛', '仉', '乜', '禤', '𠮷', '逄', '亓官'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂兰英华玉萍红梅鑫波斌宇浩凯健俊帆雪荣国文辉佳琴云莲成丹林凤珍春菊燕飞松志海建新生东晓阳光仁义礼信泽民安乐山水田禾'];
const RARE_GIVEN = ['喆', '镕', '璟', '翀', '燚', '赟', '䶮', '㛃', '祎', '𬱖', '昇', '堃', '淼', '彧', '𫖯'];
const MINORITY: readonly (readonly [ethnicity: string, name: string])[] = [
  ['05', '艾力·买买提'], ['05', '阿依古丽·吐尔逊'], ['05', '玛合木提江·阿不都热西提'], ['05', '古丽仙·阿卜杜喀迪尔'], ['04', '扎西·次仁多吉'], ['04', '洛桑·丹增平措'],
  ['06', '阿合买提·别克波拉提'], ['07', '吉克·阿呷'], ['07', '沙马·拉且'], ['17', '叶尔兰·巴合提别克'], ['02', '乌日娜·其木格'], ['05', '阿不都克热木·阿不都热合曼·买买提依明江'],
];
const FOREIGN: readonly (readonly [country: string, digits: string, name: string])[] = [['RUS', '643', 'TESTOVA ALINA SERGEEVNA'], ['KOR', '410', 'SAMPLE MINSEO'], ['DEU', '276', 'MUSTERMANN ERIKA'], ['GBR', '826', 'EXAMPLE ROSALIND MARGARET']];

/** Towns of the county as the items' forms know them, with villages that are not on any map. */
export const TOWNS: readonly (readonly [code: string, name: string])[] = [
  ['330624001', '羽林街道'], ['330624002', '南明街道'], ['330624003', '七星街道'], ['330624004', '澄潭街道'], ['330624104', '回山镇'], ['330624107', '小将镇'],
  ['330624108', '沙溪镇'], ['330624109', '镜岭镇'], ['330624110', '儒岙镇'], ['330624112', '沃洲镇'], ['330624200', '城南乡'], ['330624201', '东茗乡'],
];
const VILLAGES = ['东练村', '西练村', '上样村', '下样村', '前例村', '后例村', '新仿村', '老仿村', '南试社区', '北试社区'];

/** @param index 0 … 4 million in each group; one index is one person */
export function personOf(seed: number, group: AgeGroup, index: number): Person {
  const random = randomFor(seed, 'person', group, index);
  const { first, days } = BIRTHS[group];
  const round = Math.floor(index / days);
  const birth = dateOfDay(dayNumber(first) + ((index * STEP) % days));
  const male = random.chance(0.49);
  // The third of the three digits tells the sex; each round of all the days takes the next pair.
  const sequence = round * 2 + (male ? 1 : 2);
  if (sequence > 999) throw new RangeError('no number is left for another person');
  const phone = `1${random.pick(['38', '39', '50', '58', '86'])}0000${String(random.between(0, 9999)).padStart(4, '0')}`;
  // Members stand in the order of the schema, so that a state is the same text whoever folded it.
  const common = (called: string, number: string, validTo: string | null) => ({ name: called, sex: male ? 'male' as const : 'female' as const, birth, number, validFrom: '2019-06-01', validTo });
  const kind = random.weighted([[970, 'resident'], [14, 'minority'], [6, 'taiwan'], [6, 'foreigner-2023'], [4, 'foreigner-2017']] as const);
  const resident = (name: string, ethnicity: string): Person => ({
    name, phone, male,
    holder: { card: 'resident', ...common(name, makeCitizenId({ division: NOBODYS_DIVISION, birth, sequence }), group === 'elder' ? null : '2039-06-01'), ethnicity, address: addressOf(random), authority: '新昌县公安局' },
  });
  switch (kind) {
    case 'resident':
      return resident(hanName(random), '01');
    case 'minority': {
      const [ethnicity, name] = random.pick(MINORITY);
      return resident(name, ethnicity);
    }
    case 'taiwan': {
      const name = hanName(random);
      const number = makeCitizenId({ division: '830000', birth, sequence });
      return { name, phone, male, holder: { card: 'hong-kong-macau-taiwan', ...common(name, number, '2029-06-01'), address: addressOf(random), authority: '新昌县公安局', travelPermit: '00000000', issues: '01' } };
    }
    case 'foreigner-2023':
    case 'foreigner-2017': {
      const [nationality, digits, englishName] = random.pick(FOREIGN);
      const shared = (number: string) => ({ ...common('', number, '2029-06-01'), englishName, nationality });
      // The older number has one digit for its sequence and would meet itself again after ten people of one birthday.
      if (kind === 'foreigner-2023' || sequence > 9) return { name: englishName, phone, male, holder: { card: 'foreigner-2023', ...shared(makeForeigner2023Id({ province: '33', country: digits, birth, sequence })), reissues: '00', formerNumberLink: '   ' } };
      return { name: englishName, phone, male, holder: { card: 'foreigner-2017', ...shared(makeForeigner2017Id({ country: nationality, place: '3306', birth, sequence })), authorityCode: '1500' } };
    }
    default:
      return never(kind);
  }
}

function hanName(random: Random): string {
  const surname = random.chance(0.02) ? random.pick(RARE_SURNAMES) : random.pick(SURNAMES);
  const letter = () => (random.chance(0.03) ? random.pick(RARE_GIVEN) : random.pick(GIVEN));
  return surname + letter() + (random.chance(0.75) ? letter() : '');
}

/** A made-up name, for somebody a form asks for. */
export function otherName(random: Random): string {
  return hanName(random);
}

export function addressOf(random: Random): string {
  return `浙江省新昌县${random.pick(TOWNS)[1]}${random.pick(VILLAGES)}${random.between(1, 399)}号`;
}
