import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { Chapter } from './catalogue.tsx';
import { contrast } from './contrast.ts';

const COLOURS = [
  { name: 'ink', on: 'paper', use: '正文' }, { name: 'ink-soft', on: 'paper', use: '次要文字' }, { name: 'primary', on: 'surface', use: '主操作、当前步骤' }, { name: 'primary-deep', on: 'surface', use: '工具栏' },
  { name: 'on-primary', on: 'primary', use: '主操作上的字' }, { name: 'accent', on: 'surface', use: '必须注意的：印章红' }, { name: 'good', on: 'good-soft', use: '已完成' }, { name: 'warn', on: 'warn-soft', use: '提醒' },
  { name: 'line-strong', on: 'surface', use: '控件边框' },
] as const;
const SURFACES = ['paper', 'surface', 'surface-sunk', 'primary-soft', 'accent-soft', 'good-soft', 'warn-soft'] as const;
const SIZES = [['hero', '首页问候'], ['title', '步骤标题'], ['heading', '卡片标题'], ['lead', '导语'], ['body', '正文'], ['note', '附注：不小于 24 像素']] as const;
const SPACES = [1, 2, 3, 4, 5, 6] as const;

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Each colour with what it is for and its measured contrast to what it lies on (WCAG 2.2, 1.4.3 and 1.4.6). */
export function Colours(): ReactNode {
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    // The settings stand on the root element by the next frame.
    const frame = requestAnimationFrame(() => setValues(new Map([...COLOURS.flatMap(({ name, on }) => [name, on]), ...SURFACES].map((name) => [name, token(name)]))));
    return () => cancelAnimationFrame(frame);
  }, []);
  const value = (name: string) => values.get(name) ?? '#000000';
  return (
    <Chapter title="颜色" words="墨青写在温纸上；印章红只给必须注意的事。文字对比度不低于 4.5:1，高对比时不低于 7:1；颜色从不单独表示意思。">
      <ul className="catalogue-swatches">
        {COLOURS.map(({ name, on, use }) => (
          <li key={name}>
            <span className="catalogue-swatch" style={{ background: `var(--${on})`, color: `var(--${name})` }} aria-hidden="true">近办</span>
            <strong>{name}</strong>
            <span>{use}</span>
            <span className="number">{value(name)}，在 {on} 上 {contrast(value(name), value(on)).toFixed(1)}:1</span>
          </li>
        ))}
      </ul>
      <ul className="catalogue-surfaces">
        {SURFACES.map((name) => <li key={name} style={{ background: `var(--${name})` }}>{name}</li>)}
      </ul>
    </Chapter>
  );
}

export function TypeScale(): ReactNode {
  return (
    <Chapter title="字号和间距" words="一臂远能看清。尺寸都是屏幕短边的份额，大字模式整体放大；手指目标不小于 64 像素，主操作 96 像素以上。">
      <ul className="catalogue-type">
        {SIZES.map(([name, use]) => <li key={name} style={{ fontSize: `var(--text-${name})` }}><span>{use}</span><small className="number">{name}</small></li>)}
      </ul>
      <ul className="catalogue-spaces">
        {SPACES.map((step) => <li key={step}><span style={{ width: `var(--space-${step})` }} aria-hidden="true" /><span className="number">space-{step}</span></li>)}
      </ul>
    </Chapter>
  );
}

/** Both durations, played on demand; where somebody asked for less motion they take no time. */
export function Motion(): ReactNode {
  const [moved, setMoved] = useState(0);
  const dots = useRef<HTMLUListElement>(null);
  return (
    <Chapter title="动效" words="只说明从哪里来、到哪里去，不为好看而动。系统要求减少动效时立即到位。">
      <Button onPress={() => setMoved(moved + 1)}>播放</Button>
      <ul className="catalogue-motion" ref={dots}>
        {(['quick', 'calm'] as const).map((pace) => (
          <li key={pace}>
            <span className="number">{pace}</span>
            <span className="catalogue-track" aria-hidden="true"><span style={{ transitionDuration: `var(--${pace})`, insetInlineStart: moved % 2 === 1 ? 'calc(100% - 3rem)' : '0' }} /></span>
          </li>
        ))}
      </ul>
    </Chapter>
  );
}
