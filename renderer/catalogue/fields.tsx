import { type ReactNode, useRef, useState } from 'react';
import type { Speech } from '../kiosk/text.ts';
import { ChoiceField } from '../ui/field/choice-field.tsx';
import { DateField } from '../ui/field/date-field.tsx';
import type { FieldWords } from '../ui/field/field-frame.tsx';
import { TextField } from '../ui/field/text-field.tsx';
import { SignaturePad, type SignaturePadHandle } from '../ui/signature-pad.tsx';
import { Chapter } from './catalogue.tsx';

const words = (part: Partial<FieldWords> & { label: string }): FieldWords => ({ help: '', error: '', example: '', source: '', optional: '', saved: '', ...part });

/** Every way to answer a question: empty, filled in from the card, wrong, optional. */
export function Fields({ t }: Pick<Speech, 't'>): ReactNode {
  const [values, setValues] = useState<Record<string, string>>({ address: '浙江省新昌县沃洲镇样板村1号', wrong: '1380000' });
  const put = (name: string) => (value: string | null) => setValues((held) => ({ ...held, [name]: value ?? '' }));
  const pad = useRef<SignaturePadHandle>(null);
  return (
    <Chapter title="填写" words="一次问一件事，边填边存。错了说怎么改，并给一个对的例子；预填的写明从哪里来。">
      <div className="catalogue-fields">
        <TextField id="name" words={words({ label: '紧急联系人姓名', help: '家里人或邻居都可以。', example: t('form.example', { example: '李样本' }) })} keyboard="text" most={50} value={values['name'] ?? ''} onChange={put('name')} />
        <TextField id="address" words={words({ label: '现在住在哪里', source: t('form.source.card-address'), saved: t('form.saved') })} keyboard="text" most={100} lines={2} value={values['address'] ?? ''} onChange={put('address')} />
        <TextField id="wrong" words={words({ label: '手机号码', error: t('form.error.phone'), example: t('form.example', { example: '13800001234' }) })} keyboard="phone" most={13} groups={[3, 4, 4]} value={values['wrong'] ?? ''} onChange={put('wrong')} />
        <TextField id="money" words={words({ label: '注册资金', optional: t('form.optional') })} keyboard="decimal" most={14} unit={t('form.yuan')} value={values['money'] ?? ''} onChange={put('money')} />
        <ChoiceField id="relation" words={words({ label: '和您是什么关系' })} options={['配偶', '子女', '邻居', '其他'].map((label) => ({ value: label, label }))} value={values['relation'] ?? null} onChange={put('relation')} />
        <DateField id="born" words={words({ label: '哪一天开始用水' })} date={{ year: t('date.year'), month: t('date.month'), day: t('date.day'), more: t('date.more'), less: t('date.less') }} today="2026-11-23" value={values['born'] ?? null} onChange={put('born')} />
        <SignaturePad handle={pad} label="签名" placeholder="请在这里签名" clear="重签" onChange={() => {}} />
      </div>
    </Chapter>
  );
}
