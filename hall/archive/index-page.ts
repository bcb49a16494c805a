import type { ArchivedFile } from '../../domain/archive/manifest.ts';
import type { Element } from '../../domain/archive/metadata.ts';
import { html, type Html } from '../public/html.ts';

/** The first thing that somebody opens in decades: no script, no other file, nothing from a network. */
export function indexPage(elements: readonly Element[], files: readonly ArchivedFile[]): string {
  const title = elements.find(({ name }) => name === '题名')?.value ?? '';
  return html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.7 serif;max-width:60em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}th{white-space:nowrap}code{font-size:12px;overflow-wrap:anywhere}</style></head>
<body><h1>${title}</h1>
<h2>著录</h2><table>${elements.map(({ name, value }): Html => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`)}</table>
<h2>文件</h2><table><tr><th>文件</th><th>字节</th><th>SHA-256</th></tr>${files.map(({ name, size, sha256 }): Html => html`<tr><td><a href="${name.split('/').map(encodeURIComponent).join('/')}">${name}</a></td><td>${size}</td><td><code>${sha256}</code></td></tr>`)}</table>
<p>actions.ndjson：办件的全部记录，每行一条，各有校验值和签名；keys.json：签名所用的公钥；item.json：办理时的事项版本。</p>
</body></html>
`.markup;
}

export function metadataXml(elements: readonly Element[]): string {
  return html`<?xml version="1.0" encoding="UTF-8"?>
<metadata format="jinban-archive-metadata-1">
${elements.map(({ name, value }): Html => html`  <element name="${name}">${value}</element>
`)}</metadata>
`.markup;
}
