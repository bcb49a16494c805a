/** Cards of fictional people for emulator, demo and tests. No number here belongs to anybody: sequence and names are made up. */
import type { CardHolder } from '../../domain/identity/card-holder.ts';
import { makeCitizenId } from '../../domain/numbers/citizen-id.ts';

type Resident = Extract<CardHolder, { card: 'resident' }>;

/** A resident of 新昌县 (330624), 汉, with a card valid 2020–2040, but for what is said. */
function resident(person: Pick<Resident, 'name' | 'sex' | 'birth'> & { sequence: number } & Partial<Resident>): Resident {
  const { sequence, ...own } = person;
  return {
    card: 'resident',
    ethnicity: '01',
    address: '浙江省新昌县羽林街道测试路1号',
    number: makeCitizenId({ division: '330624', birth: person.birth, sequence }),
    authority: '新昌县公安局',
    validFrom: '2020-01-01',
    validTo: '2040-01-01',
    ...own,
  };
}

export const PRESETS = {
  zhang: resident({ name: '张测试', sex: 'male', birth: '1990-01-01', sequence: 1 }),
  /** Long-term card of an elder from Sichuan, of the 彝. */
  changqi: {
    card: 'resident',
    name: '李长期',
    sex: 'female',
    ethnicity: '07',
    birth: '1950-06-15',
    address: '四川省夹江县青衣街道测试路2号',
    number: '51112619500615002X',
    authority: '夹江县公安局',
    validFrom: '2010-01-01',
    validTo: null,
  },
  /** An elder with a character that old GBK printers lack (U+6F39). */
  elder: resident({ name: '李漹兰', sex: 'female', birth: '1948-03-12', sequence: 62, address: '浙江省新昌县沙溪镇测试村12号', validFrom: '2010-05-20', validTo: null }),
  /** U+36C3, CJK extension A. */
  'rare-a': resident({ name: '王㛃', sex: 'female', birth: '1996-07-08', sequence: 84 }),
  /** U+2CB2D, CJK extension E: a surrogate pair on the chip. */
  'rare-e': resident({ name: '周𬭛', sex: 'male', birth: '2001-11-30', sequence: 95 }),
  /** U+20BB7, CJK extension B: no font of this product has it, so its print must stop. */
  unprintable: resident({ name: '陈𠮷祥', sex: 'male', birth: '1985-09-17', sequence: 73 }),
  /** 13 of the 15 characters a name may have, with a middle dot. */
  minority: resident({ name: '买买提吐尔逊·阿卜杜热合曼', sex: 'male', birth: '1988-04-05', sequence: 57, ethnicity: '05', address: '浙江省新昌县羽林街道测试路8号' }),
  'foreigner-2017': {
    card: 'foreigner-2017',
    name: '测约翰',
    englishName: 'EXAMPLE, JOHN TEST',
    sex: 'male',
    birth: '1980-01-01',
    nationality: 'CAN',
    number: 'CAN330180010108',
    authorityCode: '3300',
    validFrom: '2019-06-01',
    validTo: '2029-05-31',
  },
  /** A name longer than the first of its two fields, without a Chinese name. */
  'foreigner-2023': {
    card: 'foreigner-2023',
    name: '',
    englishName: 'ALEXAMPLE, ABDULRAHMAN TEST MOHAMMED SAMPLE',
    sex: 'male',
    birth: '1985-01-01',
    nationality: 'SAU',
    number: '932682198501010017',
    reissues: '01',
    formerNumberLink: '011',
    validFrom: '2024-01-15',
    validTo: '2034-01-14',
  },
  'hong-kong': {
    card: 'hong-kong-macau-taiwan',
    name: '陈港测',
    sex: 'female',
    birth: '1992-08-23',
    address: '浙江省新昌县羽林街道测试路6号',
    number: makeCitizenId({ division: '810000', birth: '1992-08-23', sequence: 26 }),
    authority: '新昌县公安局',
    travelPermit: 'H00000000',
    issues: '01',
    validFrom: '2023-03-01',
    validTo: '2028-02-29',
  },
  /** A child, and under age until 2038. */
  minor: resident({ name: '周未成', sex: 'female', birth: '2020-05-06', sequence: 44 }),
  /** Not valid any more; the reader reads it all the same, the terminal refuses it. */
  expired: resident({ name: '赵过期', sex: 'male', birth: '1993-02-14', sequence: 31, validFrom: '2009-03-01', validTo: '2019-03-01' }),
} as const satisfies Record<string, CardHolder>;

export type PresetName = keyof typeof PRESETS;
