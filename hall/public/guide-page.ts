import { ADJUSTMENTS, AUDIENCES, BODY_NATURES, FORMATS, HANDLE_AREAS, HANDLE_FORMS, HANDLINGS, ITEM_TYPES, ONLINE_DEPTHS, ORIGINALS, POWER_SOURCES, SOURCES, USE_LEVELS } from '../../domain/item/dictionaries.ts';
import type { ItemChange } from '../../domain/item/diff.ts';
import { stagesOf } from '../../domain/item/stages.ts';
import { limitWords } from '../../domain/item/surfaces.ts';
import type { Item, ItemMaterial } from '../../domain/item/types.ts';
import { longDate } from './frame.ts';
import { type Html, html } from './html.ts';

/** A guide as a page: everything a person who wants to apply, or to check the office, may read. @param changes since the version before */
export function guidePage(item: Item, changes: readonly ItemChange[] = []): Html {
  return html`<article class="guide">
<header class="title">
<p class="kind">${ITEM_TYPES[item.type] ?? item.type} · ${item.body.name}</p>
<h1>${item.name}</h1>
<p class="lead">${item.summary}</p>
${item.state === 'active' ? null : html`<p class="notice">${item.state === 'suspended' ? '本事项暂停办理。' : '本事项已经取消。'}</p>`}
${item.plannedCancellation === undefined ? null : html`<p class="notice">本事项计划于${longDate(item.plannedCancellation)}取消。</p>`}
</header>
${facts(item)}
${section('materials', '要带什么', materials(item))}
${section('conditions', '什么人能办', html`<p>${item.audience.map((one) => AUDIENCES[one].words).join('、')}，并且：</p><ol class="lines">${item.conditions.map((condition, index) => html`<li>${condition}${reasons(item, `conditions.${index}`)}</li>`)}</ol>${limited(item)}`)}
${section('steps', '怎么办', html`${steps(item)}${special(item)}`)}
${section('place', '到哪里办', place(item))}
${section('fee', '交多少钱', fee(item))}
${section('result', '拿到什么', html`<p>${item.result.name}${item.result.sample === undefined ? null : html`（样本：${item.result.sample.name}）`}${item.services?.express === true ? '，可以快递送达' : ''}。</p>`)}
${agencies(item)}
${section('basis', '凭什么', html`<dl class="basis">${item.legalBasis.map(({ law, article, text, number }) => html`<div><dt>${law}${article}${number === undefined ? null : html`<span class="faint">${number}</span>`}</dt><dd>${text}</dd></div>`)}</dl>`)}
${item.questions.length === 0 ? null : section('questions', '常见问题', html`<dl class="basis">${item.questions.map(({ question, answer }) => html`<div><dt>${question}</dt><dd>${answer}</dd></div>`)}</dl>`)}
${otherReasons(item)}
${section('complaints', '不满意怎么办', html`<p>投诉电话 <strong>${item.complaints.phone}</strong>；${item.complaints.place}${item.complaints.ways === undefined ? '' : `；${item.complaints.ways}`}。</p>`)}
${section('codes', '事项信息', codes(item))}
${changes.length === 0 ? null : section('changes', '与上一版的不同', table('与上一版的不同', ['要素', '原来', '现在'], changes.map(({ label, before, after }) => html`<tr><th scope="row">${label}</th><td>${before === null || before === '' ? '—' : before}</td><td>${after === null || after === '' ? '—' : after}</td></tr>`)))}
</article>`;
}

function section(id: string, title: string, body: Html): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><div class="body">${body}</div></section>
`;
}

/** A table that scrolls by itself where the page is narrow. @param about said of it by a screen reader */
function table(about: string, columns: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="wide" role="region" tabindex="0" aria-label="${about}（表格）"><table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

function facts(item: Item): Html {
  const fact = (name: string, value: string, note = '') => html`<div><dt>${name}</dt><dd>${value}${note === '' ? null : html`<span class="faint">${note}</span>`}</dd></div>`;
  return html`<dl class="facts">
${fact('多久办完', limitWords(item.promised), HANDLINGS[item.handling].words)}
${fact('法定时限', limitWords(item.statutory))}
${fact('要跑几次', item.visits.count === 0 ? '不用跑' : `${item.visits.count}次`, item.visits.reason)}
${fact('收费', item.fee.charged ? '收费' : '不收费')}
${fact('网上能办到', ONLINE_DEPTHS[item.online.depth] ?? '', item.online.whyNot)}
</dl>`;
}

function materials(item: Item): Html {
  if (item.materials.length === 0) return html`<p>不用带材料。</p>`;
  return html`<ol class="materials">${item.materials.map((material) => html`<li>
<h3>${material.name}<span class="tag ${material.required ? 'must' : 'may'}">${material.required ? '都需要' : '视情形'}</span></h3>
${material.required ? null : html`<p class="when">${material.condition}</p>`}
<p>${material.acceptance}</p>
${material.notes === '' ? null : html`<p>${material.notes}</p>`}
<p class="faint">${kindOf(material)}</p>
${material.sample === '' ? null : html`<p class="faint">合格的样子：${material.sample}</p>`}
${reasons(item, `materials.${material.key}`)}
</li>`)}</ol>`;
}

function kindOf(material: ItemMaterial): string {
  return [
    `${ORIGINALS[material.original]}，${FORMATS[material.format]}，${material.copies}份`, material.pageFormat ?? '', `${SOURCES[material.source]}，${material.issuer}`,
    material.basis === '' ? '' : `依据${material.basis}`, material.blankForm === undefined ? '' : `空白表格：${material.blankForm.name}`, material.sampleFile === undefined ? '' : `示例样表：${material.sampleFile.name}`,
  ].filter((part) => part !== '').join('；');
}

/** Why something stays as it is, beside what it is about. */
function reasons(item: Item, path: string): Html | null {
  const given = (item.reasons ?? []).filter((reason) => isAbout(reason.path, path));
  return given.length === 0 ? null : html`<div class="why">${given.map(({ words }) => html`<p><strong>为什么这样要求</strong>${words}</p>`)}</div>`;
}
const isAbout = (reason: string, path: string) => reason === path || reason.startsWith(`${path}.`);

/** The reasons that have no place of their own on the page. */
function otherReasons(item: Item): Html | null {
  const shown = [...item.materials.map(({ key }) => `materials.${key}`), ...item.conditions.map((_condition, index) => `conditions.${index}`), ...item.steps.map(({ key }) => `steps.${key}`)];
  const left = (item.reasons ?? []).filter(({ path }) => !shown.some((one) => isAbout(path, one)));
  return left.length === 0 ? null : section('reasons', '为什么这样要求', html`<ul class="lines">${left.map(({ words }) => html`<li>${words}</li>`)}</ul>`);
}

function limited({ quantityLimit }: Item): Html | null {
  return quantityLimit === undefined ? null : html`<p>数量限制：${quantityLimit.limited ? quantityLimit.note : '没有'}。</p>`;
}

/** The process as a picture: a chain of boxes that wraps, reads aloud in its order and prints. What goes on at the same time stands in one link. */
function steps(item: Item): Html {
  return html`<ol class="flow">${stagesOf(item.steps).map((stage) => html`<li${stage.length > 1 ? { markup: ' class="beside"' } : null}>${stage.length > 1 ? html`<p class="faint">同时办理</p>` : null}${stage.map((step) => stepBox(step, item))}</li>`)}</ol>`;
}
function stepBox({ key, name, who, days, note }: Item['steps'][number], item: Item): Html {
  return html`<div class="step"><h3>${name}</h3><p class="who">${who}</p><p class="days">${daysWords(days, item)}</p></div>${note === '' ? null : html`<p class="note">${note}</p>`}${reasons(item, `steps.${key}`)}`;
}
function daysWords(days: number, { promised }: Item): string {
  return days === 0 ? '当天' : limitWords({ days, unit: promised.unit }).replace(/^0\.5/, '半');
}

function special({ specialProcedures, promised, statutory }: Item): Html {
  const notes = [promised.note, statutory.note].filter((note) => note !== '');
  return html`${specialProcedures.length === 0 ? null : html`<p>不计入时限的程序：${specialProcedures.join('、')}。</p>`}${notes.map((note) => html`<p class="faint">${note}</p>`)}`;
}

function place(item: Item): Html {
  const { services } = item;
  const offers = services === undefined ? '' : [[services.appointment, '可以预约'], [services.express, '可以快递'], [services.payOnline, '可以网上支付'], [services.terminal, '可以在自助终端办'], [services.hall, '已进驻政务大厅']].flatMap(([yes, words]) => (yes === true ? [words] : [])).join('、');
  const row = (name: string, value: string | Html) => (value === '' ? null : html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return html`<dl class="rows">
${row('地点', item.place.address === '' ? item.place.name : item.place.address)}
${row('时间', item.place.hours)}
${row('咨询电话', item.place.phone)}
${row('办理方式', (item.forms ?? []).map((form) => HANDLE_FORMS[form]).join('、'))}
${row('服务', offers)}
${row('通办范围', item.area === undefined ? '' : HANDLE_AREAS[item.area.reach] + (item.area.note === '' ? '' : `（${item.area.note}）`))}
${row('网上办理', item.online.url === undefined ? '' : html`<a href="${item.online.url}">${item.online.url}</a>`)}
${row('掌上办理', item.online.mobileUrl === undefined ? '' : html`<a href="${item.online.mobileUrl}">${item.online.mobileUrl}</a>`)}
</dl>`;
}

function fee({ fee: { charged, basis, basisUntil, rows } }: Item): Html {
  if (!charged) return html`<p>不收费。</p>`;
  return html`${table('收费标准', ['项目', '标准', '减免'], rows.map(({ name, standard, reduction }) => html`<tr><th scope="row">${name}</th><td>${standard}</td><td>${reduction === undefined ? '' : reduction.allowed ? reduction.reason : '不减免'}</td></tr>`))}<p class="faint">收费依据：${basis}${basisUntil === undefined ? '' : `（有效期至${longDate(basisUntil)}）`}</p>`;
}

function agencies({ agencies: found = [] }: Item): Html | null {
  return found.length === 0 ? null : section('agencies', '要先请谁做什么', table('中介服务', ['中介服务', '谁来做', '依据', '收费'], found.map(({ service, by, basis, fee: price }) => html`<tr><th scope="row">${service}</th><td>${by}</td><td>${basis}</td><td>${price}</td></tr>`)));
}

function codes(item: Item): Html {
  const row = (name: string, value: string) => (value === '' ? null : html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  const { body } = item;
  return html`<dl class="rows">
${row('基本编码', item.basicCode)}
${row('实施编码', item.code)}
${row('业务办理项编码', item.handlingCode)}
${row('地方编码', item.localCodes === undefined ? '' : [item.localCodes.basic, item.localCodes.implementing].filter((code) => code !== '').join(' / '))}
${row('实施主体', `${body.name}（${BODY_NATURES[body.nature].words}）`)}
${row('委托部门', body.entrustedBy ?? '')}
${row('联办机构', body.jointOffices.join('、'))}
${row('行使层级', body.useLevel === undefined ? '' : USE_LEVELS[body.useLevel])}
${row('权力来源', body.powerSourceCode === undefined ? body.powerSource : POWER_SOURCES[body.powerSourceCode])}
${row('版本', `第${item.version}版，${longDate(item.effectiveFrom)}起${item.effectiveTo === null ? '' : `，至${longDate(item.effectiveTo)}`}`)}
${row('调整', item.adjustment === undefined ? '' : ADJUSTMENTS[item.adjustment.kind] + (item.adjustment.note === '' ? '' : `：${item.adjustment.note}`))}
</dl>`;
}
