import { type ReactNode, useState } from 'react';
import type { Speech } from '../kiosk/text.ts';
import { Button } from '../ui/button.tsx';
import { Card, Facts, Notice } from '../ui/card.tsx';
import { Countdown } from '../ui/countdown.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Icon } from '../ui/icons.tsx';
import { StatusPill } from '../ui/status-pill.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { Tile } from '../ui/tile.tsx';
import { Chapter } from './catalogue.tsx';

type Words = Pick<Speech, 't'>;
/** Nothing happens: the part is shown, not used. */
const nothing = () => {};
const LONG = '个体工商户设立登记（含食品经营许可与户外广告设置备案一并办理）';

export function Actions({ t }: Words): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <Chapter title="操作" words="一屏一个主操作，放在右下；返回在左下。按钮写动词，忙的时候转圈并接不进第二下。">
      <div className="catalogue-row">
        <Button tone="main" size="main" iconAfter={<Icon name="forward" />} onPress={nothing}>{t('guide.start')}</Button>
        <Button size="main" icon={<Icon name="back" />} onPress={nothing}>{t('back.guide')}</Button>
      </div>
      <div className="catalogue-row">
        <Button onPress={nothing}>{t('close')}</Button>
        <Button tone="quiet" onPress={nothing}>{t('close')}</Button>
        <Button tone="stop" icon={<Icon name="leave" />} onPress={() => setOpen(true)}>{t('leave.end')}</Button>
        <Button busy onPress={nothing}>{t('check.hand-in')}</Button>
        <Button isDisabled onPress={nothing}>{t('check.hand-in')}</Button>
      </div>
      <div className="catalogue-tiles">
        <Tile icon="apply" title={t('home.apply')} words={t('home.apply.words')} prominent onPress={nothing} />
        <Tile icon="search" title={t('home.progress')} words={t('home.progress.words')} onPress={nothing} />
        <Tile icon="print" title={t('home.print')} words={t('home.print.words')} off={LONG} onPress={nothing} />
      </div>
      {open ? (
        <Dialog title={t('leave.title')} onClose={() => setOpen(false)} actions={<><Button tone="main" size="main" onPress={() => setOpen(false)}>{t('leave.stay')}</Button><Button size="main" onPress={() => setOpen(false)}>{t('leave.end')}</Button></>}>{t('leave.words')}</Dialog>
      ) : null}
    </Chapter>
  );
}

const TONES = ['info', 'good', 'warn', 'fault'] as const;

export function Signs({ t }: Words): ReactNode {
  return (
    <Chapter title="告知" words="先说怎么了，再说怎么办。图形、文字、颜色三样一起说。">
      <Stepper label="办事步骤" spoken="" done="已完成" current={2} steps={['看指南', '刷身份证', '填表', '交材料', '核对签名', '取回执']} />
      <div className="catalogue-row">
        <StatusPill tone="quiet" icon="clock">等待中</StatusPill>
        <StatusPill tone="info" icon="battery">正在用电池</StatusPill>
        <StatusPill tone="good" icon="online">{t('line.online')}</StatusPill>
        <StatusPill tone="warn" icon="offline">未联网</StatusPill>
        <StatusPill tone="fault" icon="failed">打印机没有纸</StatusPill>
      </div>
      {TONES.map((tone) => <Notice key={tone} tone={tone} title={`${tone}：${LONG}`}>材料齐全的当天受理，缺什么一次告诉您。</Notice>)}
      <div className="catalogue-pair">
        <Card icon="list" title={t('guide.conditions')} aside={<StatusPill tone="good" icon="done">可以办</StatusPill>}>
          <Facts rows={[{ label: '事项', value: LONG }, { label: '期限', value: '受理后 1 个工作日' }, { label: '收费', value: '不收费' }]} />
        </Card>
        <Card icon="clock" title="倒计时"><Countdown seconds={18} of={25} /></Card>
      </div>
    </Chapter>
  );
}
