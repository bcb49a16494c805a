/**
 * The printed result: one framed page with title, holder, fields, licence identifier (GB/T 36904), issuer, date, seal and a QR
 * that can be checked without a line. Fields that do not fit go on to attached pages in the same frame.
 */
import type { Certificate } from '../../domain/action/payload.ts';
import type { PaperDocument } from '../../domain/documents/types.ts';
import { GREY, INK, INSET, MARGIN, TEMPLATES } from './certificate-style.ts';
import type { Template } from './certificate-style.ts';
import { line, rectangle } from './layout/commands.ts';
import type { Command, Sheet } from './layout/commands.ts';
import { layFields } from './layout/fields.ts';
import type { FieldRow, FieldStyles } from './layout/fields.ts';
import { demonstrationSeal, flourish, frame, ground, tint } from './layout/ornament.ts';
import { qrCode } from './layout/qr.ts';
import type { Style, Typesetter } from './layout/typesetter.ts';
import { chineseDate, plainDate } from './layout/words.ts';

export type CertificatePaper = Extract<PaperDocument, { kind: 'certificate' }>;

/** Height of the block with QR, issuer and seal, from its top to the text's lower edge. */
const SIGNING = 168;
/** Side of the QR with its quiet zone: at 600 characters a module is still 0.4 mm, which phones and desk scanners read. */
const QR = 132;
const SEAL = 46;
/** Type sizes tried for the fields, largest first. */
const SIZES = [14, 13, 12, 11, 10, 9];

type Frame = { template: Template; left: number; right: number; top: number; bottom: number; width: number; centre: number };

export function composeCertificate(paper: CertificatePaper, set: Typesetter, seal: Uint8Array | null): Sheet[] {
  const { certificate } = paper;
  const template = TEMPLATES[certificate.template];
  const edges = frameOf(template);
  const first = openSheet(edges);
  const headEnd = drawHead(first.commands, certificate, set, edges);
  const room = edges.bottom - SIGNING - headEnd;
  const pairs = [...certificate.fields, { label: '有效期限', value: validity(certificate) }];
  const fitting = SIZES.map((size) => layFields(pairs, set, edges.width, fieldStyles(size))).find((rows) => total(rows) <= room);
  const rows = fitting ?? layFields(pairs, set, edges.width, fieldStyles(SIZES.at(-1) as number));

  // Little text stands with air between its rows; much text stands close.
  const air = Math.max(0, Math.min(11, (room - total(rows)) / (rows.length + 2)));
  let y = headEnd + air;
  const rest: FieldRow[] = [];
  for (const row of rows) {
    if (rest.length > 0 || y + row.height > headEnd + room - (fitting === undefined ? 16 : 0)) rest.push(row);
    else {
      row.draw(first.commands, edges.left, y, tint(template.ink, 0.35));
      y += row.height + air;
    }
  }
  if (rest.length > 0) set.write(first.commands, '其余事项见附页', { face: 'sans', size: 9, colour: GREY }, edges.centre, headEnd + room - 3, 'centre');
  drawSigning(first.commands, paper, set, edges, seal);
  return [first, ...attach(rest, certificate, set, edges)];
}

/** Labels follow the size of the values. */
function fieldStyles(size: number): FieldStyles {
  return { label: { face: 'sans', size: Math.max(8, size - 3), colour: GREY, leading: 1.35 }, value: { face: 'serif-medium', size, colour: INK, leading: 1.4 }, padding: 0.42 };
}

function frameOf(template: Template): Frame {
  const { width, height } = template.page;
  const [left, right] = [MARGIN + INSET, width - MARGIN - INSET];
  return { template, left, right, top: MARGIN + INSET, bottom: height - MARGIN - INSET + 8, width: right - left, centre: width / 2 };
}

function openSheet(edges: Frame): Sheet {
  const { page, ink } = edges.template;
  return {
    ...page,
    commands: [
      ...ground(page.width / 2, page.height / 2, Math.min(page.width, page.height) * 0.34, ink),
      ...frame(MARGIN, MARGIN, page.width - 2 * MARGIN, page.height - 2 * MARGIN, ink),
    ],
  };
}

/** Title, clause and holder; answers the y below them. */
function drawHead(commands: Command[], certificate: Certificate, set: Typesetter, edges: Frame): number {
  const { template, centre, left, right, width } = edges;
  const lying = template.page.width > template.page.height;
  set.write(commands, `编号　${certificate.number}`, { face: 'sans', size: 9.5, colour: GREY }, right, edges.top - 8, 'right');
  const wished: Style = { face: 'serif-bold', size: 38, colour: template.ink, spacing: [...certificate.title].length <= 8 ? 10 : 3, leading: 1.25 };
  const title = set.fit(certificate.title, wished, width, 1, lying ? [36, 30, 25, 20, 16] : [38, 32, 26, 21, 17]);
  let y = set.place(commands, title.lines, title.style, centre, edges.top + (lying ? -2 : 18), 'centre');
  commands.push(...flourish(centre, y + 10, 210, template.ink));
  const clause: Style = { face: 'serif-medium', size: 11, colour: INK, leading: 1.6 };
  y = set.place(commands, set.balance(template.clause, clause, width), clause, centre, y + 22, 'centre');

  const label: Style = { face: 'sans', size: 10, colour: GREY };
  const gap = lying ? 8 : 22;
  const holder = set.fit(certificate.holder, { face: 'serif-bold', size: 26, colour: INK, leading: 1.25 }, width - 96, 2, [26, 22, 18, 15, 12, 10]);
  const nameTop = y + gap;
  const nameHeight = holder.lines.length * holder.style.size * 1.25;
  set.place(commands, holder.lines, holder.style, left + 84, nameTop);
  set.write(commands, template.holder, label, left, nameTop + nameHeight / 2 + 4);
  y = nameTop + nameHeight + 7;
  commands.push({ kind: 'path', path: line(left, y, right, y), stroke: template.ink, line: 0.9 });
  return y + 4;
}

function validity(certificate: Certificate): string {
  return certificate.validTo === null ? '长期' : `${plainDate(certificate.issuedOn)}至${plainDate(certificate.validTo)}`;
}

function total(rows: readonly FieldRow[]): number {
  return rows.reduce((sum, row) => sum + row.height, 0);
}

/** QR and licence identifier on the left; issuer, date and seal on the right. */
function drawSigning(commands: Command[], paper: CertificatePaper, set: Typesetter, edges: Frame, seal: Uint8Array | null): void {
  const { certificate, check } = paper;
  const { left, right, bottom, template } = edges;
  const top = bottom - SIGNING + 14;
  commands.push({ kind: 'path', path: rectangle(left, top, QR, QR), fill: '#FFFFFF', stroke: tint(template.ink, 0.35), line: 0.6 });
  commands.push(qrCode(check, left, top, QR));
  set.write(commands, '扫码核验真伪，离线也可核验', { face: 'sans', size: 8.5, colour: GREY }, left, top + QR + 13);
  const licence = set.fit(`电子证照标识　${certificate.licence}`, { face: 'sans', size: 7.5, colour: GREY, leading: 1.3 }, edges.width, 1, [7.5, 6.5, 5.5]);
  set.place(commands, licence.lines, licence.style, left, top + QR + 17);

  const column = right - left - QR - 20;
  const middle = right - Math.min(column, 250) / 2;
  const issuer = set.fit(certificate.issuer, { face: 'serif-medium', size: 15, colour: INK, leading: 1.35 }, Math.min(column, 250), 1, [15, 13.5, 12, 10.5, 9]);
  const issuerHeight = issuer.lines.length * issuer.style.size * 1.35;
  const issuerTop = top + 66 - issuerHeight / 2;
  set.write(commands, '发证机关', { face: 'sans', size: 9, colour: GREY }, middle, issuerTop - 27, 'centre');
  const y = set.place(commands, issuer.lines, issuer.style, middle, issuerTop, 'centre');
  set.write(commands, chineseDate(certificate.issuedOn), { face: 'serif-medium', size: 14, colour: INK, spacing: 0.6 }, middle, y + 24, 'centre');
  // 骑年压月: the seal lies over issuer and date.
  const sealX = middle + 34;
  const sealY = y + 6;
  if (seal === null) commands.push(...demonstrationSeal(set, certificate.issuer, sealX, sealY, SEAL));
  else commands.push({ kind: 'image', x: sealX - SEAL, y: sealY - SEAL, width: 2 * SEAL, height: 2 * SEAL, bytes: seal });
}

/** Further pages for fields that did not fit. */
function attach(rows: readonly FieldRow[], certificate: Certificate, set: Typesetter, edges: Frame): Sheet[] {
  const sheets: Sheet[] = [];
  let commands: Command[] = [];
  let y = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    if (y + row.height > edges.bottom - 10) {
      const sheet = openSheet(edges);
      sheets.push(sheet);
      commands = sheet.commands;
      set.write(commands, `编号　${certificate.number}`, { face: 'sans', size: 9.5, colour: GREY }, edges.right, edges.top - 8, 'right');
      set.write(commands, '附　页', { face: 'serif-bold', size: 22, colour: edges.template.ink, spacing: 4 }, edges.centre, edges.top + 32, 'centre');
      commands.push(...flourish(edges.centre, edges.top + 48, 160, edges.template.ink));
      y = edges.top + 66;
    }
    row.draw(commands, edges.left, y, tint(edges.template.ink, 0.35));
    y += row.height;
  }
  return sheets;
}
