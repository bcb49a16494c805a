import type { OpenList } from '../../domain/item/lists.ts';
import { ITEM_TYPES } from '../../domain/item/dictionaries.ts';
import { limitWords } from '../../domain/item/surfaces.ts';
import type { Item } from '../../domain/item/types.ts';
import { longDate } from './frame.ts';
import { type Html, html } from './html.ts';

/** The first page: every item, or those that answer what was asked. @param asked as it was typed */
export function indexPage(items: readonly Item[], asked: string): Html {
  const bodies = [...new Set(items.map(({ body }) => body.name))];
  const found = asked === '' ? null : items.length === 0 ? `没有找到“${asked}”。换个说法试试，例如“老年证”“开店”。` : `“${asked}”找到${items.length}项。`;
  return html`<h1>办事指南</h1>
<form class="ask" action="/public/" method="get" role="search"><label for="q">您要办什么</label><input id="q" name="q" type="search" maxlength="40" value="${asked}" placeholder="例如 老年证、开店、lnz"><button type="submit">查找</button></form>
${found === null ? html`<p class="faint">共${items.length}项。</p>` : html`<p role="status">${found}${asked === '' ? null : html` <a href="/public/">看全部</a>`}</p>`}
${bodies.map((body) => html`<section class="group" aria-label="${body}"><h2>${body}</h2><ul class="items">${items.filter((item) => item.body.name === body).map((item) => html`<li><a href="/public/items/${item.code}">${item.name}</a>${item.state === 'active' ? null : html`<span class="tag must">暂停办理</span>`}<p>${item.summary}</p><p class="faint">${ITEM_TYPES[item.type] ?? item.type} · ${limitWords(item.promised)} · ${item.visits.count === 0 ? '不用跑' : `跑${item.visits.count}次`} · ${item.fee.charged ? '收费' : '不收费'}</p></li>`)}</ul></section>`)}`;
}

/** One open list. The first cell of each row leads to the guide. @param day civil date @param since null: nothing is marked */
export function listPage(list: OpenList, day: string, since: string | null): Html {
  const address = `/public/lists/${list.name}`;
  const changed = list.rows.filter((row) => row.changed).length;
  return html`<h1>${list.title}</h1>
<p class="lead">${list.about}</p>
<div class="tools">
<p>${longDate(day)}，${list.items}个事项，${list.rows.length}条${since === null ? '' : `，${longDate(since)}以来有变化的${changed}条`}。</p>
<form action="${address}" method="get"><label for="since">标出这一天以来的变化</label><input id="since" name="since" type="date" value="${since ?? ''}" max="${day}"><button type="submit">标出</button></form>
<a class="file" href="${address}.csv${since === null ? '' : `?since=${since}`}" download>下载表格（CSV）</a>
</div>
${list.rows.length === 0 ? html`<p class="notice">这张清单现在是空的。</p>` : html`<div class="wide" role="region" aria-label="${list.title}（表格）" tabindex="0"><table><thead><tr>${list.columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${list.rows.map(({ code, cells, changed: isChanged }) => html`<tr${isChanged ? { markup: ' class="changed"' } : null}>${cells.map((cell, index) => (index === 0 ? html`<th scope="row"><a href="/public/items/${code}">${cell}</a>${isChanged ? html`<span class="tag must">有变化</span>` : null}</th>` : html`<td class="${widthOf(cell)}">${cell}</td>`))}</tr>`)}</tbody></table></div>`}`;
}

/** Long texts get room, and what is read as one piece is not broken. */
function widthOf(cell: string): string {
  return cell.length > 24 && !/^\w+$/.test(cell) ? 'long' : cell.length > 12 ? '' : 'whole';
}
