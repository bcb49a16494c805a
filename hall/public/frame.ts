import { readFileSync } from 'node:fs';
import { LIST_NAMES, openList } from '../../domain/item/lists.ts';
import { type Html, html } from './html.ts';

/** Styles of the public pages; a guide that stands alone carries them inside. */
export const STYLES = readFileSync(new URL('style.css', import.meta.url), 'utf8');

export type Frame = {
  title: string;
  /** 新昌县政务服务中心 */
  hall: string;
  /** Of a practice hall: the page says that nothing in it holds. */
  practice?: boolean;
  /** Civil date that the page tells the state of. */
  day: string;
  /** Address of the page in the navigation, to mark it; null for a page that stands alone on paper and has none. */
  place: string | null;
  /** A page of a table takes the width there is. */
  wide?: boolean;
  /** Styles inside the page, for one that is a file by itself; null: from the site. */
  styles: string | null;
};

const LISTS = LIST_NAMES.map((name) => ({ place: `/public/lists/${name}`, title: openList(name, [], '2000-01-01').title }));

/** A whole page. Nothing in it runs. */
export function page({ title, hall, practice = false, day, place, wide = false, styles }: Frame, body: Html): string {
  const links = [{ place: '/public/', title: '办事指南' }, ...LISTS];
  return html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${hall}</title>
${styles === null ? html`<link rel="stylesheet" href="/public/style.css">` : { markup: `<style>${styles}</style>` }}
</head>
<body${wide ? { markup: ' class="broad"' } : null}>
${place === null ? null : html`<a class="skip" href="#main">跳到正文</a>`}
${practice ? html`<p class="practice"><strong>练习大厅</strong>人和件都是虚构的，在这里办的什么都不算数</p>` : null}
<header class="head">
<p class="hall">${hall}</p>
${place === null ? null : html`<nav aria-label="公开内容">${links.map((link) => html`<a href="${link.place}"${link.place === place ? { markup: ' aria-current="page"' } : null}>${link.title}</a>`)}</nav>`}
</header>
<main id="main">
${body}
</main>
<footer class="foot"><p>以上内容截至${longDate(day)}，从现行有效的事项库直接生成。</p></footer>
</body>
</html>
`.markup;
}

/** `2026年11月27日` @param date civil */
export function longDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${year}年${month}月${day}日`;
}
