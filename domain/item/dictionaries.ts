import { z } from 'zod';

/**
 * The dictionaries of the exchange of service items (GB/T 39554.2; national platform's exchange tables), with the words that are printed. Codes are
 * kept as the exchange writes them; where our own word stands in an item already, the table says which code it is.
 */

/** task_type 事项类型 */
export const ITEM_TYPES: Readonly<Record<string, string>> = {
  '01': '行政许可', '02': '行政处罚', '03': '行政强制', '04': '行政征收', '05': '行政给付', '06': '行政检查',
  '07': '行政确认', '08': '行政奖励', '09': '行政裁决', '10': '其他行政权力', '20': '公共服务',
};

/** project_type 办件类型 */
export const HANDLINGS = { 'on-the-spot': { code: '1', words: '即办件' }, promised: { code: '2', words: '承诺件' } } as const;

/** server_type 服务对象; the exchange joins several by `^`. */
export const AUDIENCES = {
  person: { code: '1', words: '自然人' }, enterprise: { code: '2', words: '企业法人' }, institution: { code: '3', words: '事业法人' },
  social: { code: '4', words: '社会组织法人' }, unincorporated: { code: '5', words: '非法人企业' }, organ: { code: '6', words: '行政机关' }, other: { code: '9', words: '其他组织' },
} as const;

/** dept_type 实施主体性质 */
export const BODY_NATURES = { statutory: { code: '1', words: '法定机关' }, authorised: { code: '2', words: '授权组织' }, entrusted: { code: '3', words: '受委托组织' } } as const;

/** power_source 权力来源 */
export const PowerSource = z.enum(['1', '2', '3', '4', '5', '6']);
export const POWER_SOURCES: Readonly<Record<z.infer<typeof PowerSource>, string>> = {
  1: '法定本级行使', 2: '上级下放', 3: '上级授权', 4: '同级授权', 5: '上级委托', 6: '同级委托',
};

/** use_level 行使层级. Sources differ by one on the offset; this is the one that the implementing codes seen in use agree with. */
export const UseLevel = z.enum(['1', '2', '3', '4', '5', '6']);
export const USE_LEVELS: Readonly<Record<z.infer<typeof UseLevel>, string>> = { 1: '国家级', 2: '省级', 3: '市级', 4: '县级', 5: '乡镇级', 6: '村级' };

/** online_handle_depth 网办深度 */
export const ONLINE_DEPTHS: Readonly<Record<number, string>> = {
  1: '网上咨询', 2: '网上收件', 3: '网上预审', 4: '网上受理', 5: '网上办理', 6: '网上反馈办理结果', 7: '网上反馈电子证照', 8: '其他',
};
/** From this depth on the whole errand is done online. */
export const ONLINE_WHOLE = 5;

/** anticipate_type, promise_type 时限单位 */
export const DAY_UNITS = { working: { code: '1', words: '个工作日' }, natural: { code: '2', words: '个自然日' } } as const;

/** handle_type 办理形式 */
export const HandleForm = z.enum(['window', 'online', 'terminal', 'mobile', 'post', 'home']);
export const HANDLE_FORMS: Readonly<Record<z.infer<typeof HandleForm>, string>> = {
  window: '窗口办理', online: '网上办理', terminal: '自助终端办理', mobile: '掌上办理', post: '邮寄办理', home: '上门办理',
};

/** handle_area 通办范围: how far away from the body the item can still be done. */
export const HandleArea = z.enum(['none', 'township', 'county', 'city', 'province', 'region', 'nation']);
export const HANDLE_AREAS: Readonly<Record<z.infer<typeof HandleArea>, string>> = {
  none: '不通办', township: '全乡镇通办', county: '全县通办', city: '全市通办', province: '全省通办', region: '跨省通办', nation: '全国通办',
};

/** Why there is this version (国办函〔2016〕108号: 新增 变更 暂停 取消 拆分 合并). */
export const AdjustmentKind = z.enum(['new', 'changed', 'suspended', 'cancelled', 'split', 'merged']);
export const ADJUSTMENTS: Readonly<Record<z.infer<typeof AdjustmentKind>, string>> = {
  new: '新增', changed: '变更', suspended: '暂停', cancelled: '取消', split: '拆分', merged: '合并',
};

/** task_state */
export const ITEM_STATES = { active: '在用', suspended: '暂停', cancelled: '取消' } as const;

/** material_type, material_format, source_type, result_type in words. */
export const ORIGINALS = { original: '原件', copy: '复印件', 'original-and-copy': '原件和复印件' } as const;
export const FORMATS = { paper: '纸质', electronic: '电子', either: '纸质或电子' } as const;
export const SOURCES = { applicant: '申请人自备', government: '政府部门核发', 'third-party': '第三方出具' } as const;
export const RESULTS = { certificate: '证照', approval: '批文', notice: '通知' } as const;
