import type { ReactNode } from 'react';
import { ICON_NAMES, Icon } from '../ui/icons.tsx';
import { CardOnReader } from '../ui/illustrations/card-on-reader.tsx';
import { DocumentUnderCamera } from '../ui/illustrations/document-under-camera.tsx';
import { Face } from '../ui/illustrations/face.tsx';
import { Hills } from '../ui/illustrations/hills.tsx';
import { PaperFromPrinter } from '../ui/illustrations/paper-from-printer.tsx';
import { EmptyTray, StampedSheet, Unplugged, Waiting } from '../ui/illustrations/quiet-scenes.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { Chapter } from './catalogue.tsx';

export function Icons(): ReactNode {
  return (
    <Chapter title="图标" words="一个图标只有一个意思，旁边总有字。">
      <ul className="catalogue-icons">{ICON_NAMES.map((name) => <li key={name}><Icon name={name} size={1.6} /><span className="number">{name}</span></li>)}</ul>
    </Chapter>
  );
}

const LEVELS = [5, 4, 3, 2, 1] as const;

export function Illustrations(): ReactNode {
  const shown: readonly { name: string; picture: ReactNode }[] = [
    { name: '放卡', picture: <CardOnReader state="waiting" /> }, { name: '读卡', picture: <CardOnReader state="reading" /> }, { name: '拍材料', picture: <DocumentUnderCamera /> }, { name: '出纸', picture: <PaperFromPrinter /> },
    { name: '还没有', picture: <EmptyTray /> }, { name: '请稍等', picture: <Waiting /> }, { name: '没接上', picture: <Unplugged /> }, { name: '办好了', picture: <StampedSheet /> }, { name: '二维码', picture: <QrCode text="JB1.SAMPLE" label="样本" /> },
    ...LEVELS.map((level) => ({ name: `评价 ${level}`, picture: <Face level={level} /> })),
  ];
  return (
    <Chapter title="插图" words="告诉手往哪里放、纸从哪里出；空的时候不吓人。">
      <div className="catalogue-hills"><Hills /></div>
      <ul className="catalogue-pictures">{shown.map(({ name, picture }) => <li key={name}><div>{picture}</div><span>{name}</span></li>)}</ul>
    </Chapter>
  );
}
