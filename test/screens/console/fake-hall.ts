/** A hall of fixtures: the console's API over HTTP, with the hall's own headers, and verbs for everything that can go wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Payload } from '../../../domain/action/payload.ts';
import type { MachineReport } from '../../../domain/contracts/fleet.ts';
import type { ConsoleCase, InboxRow } from '../../../domain/contracts/cases.ts';
import type { Role } from '../../../domain/contracts/staff.ts';
import { CaseId } from '../../../domain/ids.ts';
import { inProject } from '../../../build/paths.ts';
import { actionOf, CASES, CROWD, NOW, pictureHash, SIGNATURE, tell } from './cases.ts';
import { type Paper, scan, signature } from './scans.ts';

const CSP = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self' blob:; media-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const OPEN: readonly InboxRow['stage'][] = ['handed-in', 'correction-asked', 'supplemented', 'accepted', 'decided'];

export const PASSWORD = 'a right password';
const STAFF: Readonly<Record<string, { name: string; role: Role }>> = {
  chenlijun: { name: '陈丽君', role: 'clerk' }, sunjian: { name: '孙建', role: 'supervisor' }, admin: { name: '赵工', role: 'administrator' },
};

const PAPERS: Readonly<Record<string, Paper>> = {
  [pictureHash(1)]: { title: '居民户口簿（样本）', lines: ['户主姓名　王守田（虚构）', '户别　家庭户', '住址　浙江省新昌县沃洲镇大市聚村 12 号', '签发日期　2018 年 6 月 3 日', '本页仅用于显示测试，不是真实证件'] },
  [pictureHash(2)]: { title: '居民身份证（样本）', lines: ['姓名　（虚构）', '性别　男　　民族　汉', '住址　浙江省新昌县', '公民身份号码　330624************', '本页仅用于显示测试，不是真实证件'] },
  [pictureHash(3)]: { title: '房屋租赁合同（样本）第 1 页', tall: true, lines: ['出租人　石伯钧（虚构）', '承租人　潘国荣（虚构）', '房屋坐落　新昌县七星街道人民西路 218 号一楼', '租期　2026 年 11 月 1 日起三年', '租金　每月 1,800 元，按季支付', '用途　餐饮', '押金　3,600 元', '双方另有约定的，从其约定'] },
  [pictureHash(4)]: { title: '房屋租赁合同（样本）第 2 页', tall: true, lines: ['一、出租人保证房屋可以安全使用', '二、承租人不得擅自改变房屋结构', '三、水电费由承租人承担', '四、提前解约应当提前三十日告知', '五、本合同一式两份，双方各执一份'] },
  [pictureHash(5)]: { title: '房屋租赁合同（样本）第 3 页', tall: true, upsideDown: true, lines: ['出租人签名　（空白）', '承租人签名　潘国荣', '日期　2026 年 10 月 28 日'] },
  [pictureHash(6)]: { title: '与第三者利害关系的说明（样本）', tall: true, lines: ['取水口下游 500 米内没有其他用水户', '说明人　梁伯年（虚构）', '2026 年 11 月 20 日'] },
  [pictureHash(9)]: { title: '取水计量设施铭牌（样本）', lines: ['型号　LXS-80', '编号　20260817', '当前读数　000128'] },
  [pictureHash(11)]: { title: '取水口位置图（样本）', tall: true, lines: ['黄泽江大市聚村段右岸', '村东机耕桥下游 60 米', '绘图　梁伯年（虚构）'] },
  [pictureHash(10)]: { title: '房屋租赁合同（样本）第 3 页', tall: true, lines: ['出租人签名　石伯钧', '承租人签名　石小英', '日期　2026 年 11 月 22 日'] },
};

/** A year's numbers with one gap of each kind. */
const NUMBERS = [
  {
    kind: 'case-number', year: '2026', granted: 1512, used: 903, open: 351, gaps: 258,
    ranges: [
      { machine: 'T330624-0001', state: 'used', reason: null, first: '330624202600000001', last: '330624202600000600', count: 600 },
      { machine: 'T330624-0002', state: 'used', reason: null, first: '330624202600000601', last: '330624202600000643', count: 43 },
      { machine: 'T330624-0002', state: 'gap', reason: 'machine-retired', first: '330624202600000644', last: '330624202600000900', count: 257 },
      { machine: 'T330624-0001', state: 'used', reason: null, first: '330624202600000901', last: '330624202600001148', count: 248 },
      { machine: 'T330624-0001', state: 'gap', reason: 'kept-aside', first: '330624202600001149', last: '330624202600001149', count: 1 },
      { machine: 'T330624-0001', state: 'open', reason: null, first: '330624202600001150', last: '330624202600001500', count: 351 },
      { machine: 'H330624', state: 'used', reason: null, first: '330624202600001501', last: '330624202600001512', count: 12 },
    ],
  },
  { kind: 'ticket-number', year: '2026', granted: 1000, used: 0, open: 1000, gaps: 0, ranges: [{ machine: 'T330624-0001', state: 'open', reason: null, first: '330624202600000001', last: '330624202600001000', count: 1000 }] },
];

export type FakeHall = {
  address: string;
  /** What the next deeds answer instead of being done: a failure kind, or an HTTP status. */
  fail: Map<string, string | number>;
  /** The line: away drops every connection. */
  line: { away: boolean };
  /** Scans that the hall holds but cannot open now. */
  unreadable: Set<string>;
  /** Cases of the inbox, by id. */
  cases: Map<string, ConsoleCase>;
  machines: unknown[];
  numbers: unknown[];
  quarantine: unknown[];
  /** Forgets every session, as if it had run out. */
  endSessions(): void;
  close(): Promise<void>;
};

let kept: ReadonlyMap<string, Buffer> | null = null;
/** What was scanned, by hash: drawn for the first hall of a file and the same for all. */
function drawn(): ReadonlyMap<string, Buffer> {
  kept ??= new Map([...Object.entries(PAPERS).map(([hash, paper]) => [hash, scan(paper)] as const), [SIGNATURE, signature()]]);
  return kept;
}

export async function startFakeHall(): Promise<FakeHall> {
  const hall: FakeHall = {
    address: '', fail: new Map(), line: { away: false }, unreadable: new Set(), cases: new Map([...Object.values(CASES), ...CROWD].map((one) => [one.row.id, one])), machines: MACHINES, numbers: NUMBERS, quarantine: QUARANTINE,
    endSessions: () => sessions.clear(),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
  const sessions = new Map<string, string>();
  const pictures = drawn();

  const server = createServer((request, response) => {
    if (hall.line.away) return void request.socket.destroy();
    answer(request, response).catch((cause: unknown) => {
      response.writeHead(500).end(String(cause));
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://hall');
    response.setHeader('content-security-policy', CSP);
    if (!url.pathname.startsWith('/console/api/')) return page(url.pathname, response);
    const [, , , first = '', id = '', deed = ''] = url.pathname.split('/');
    const cookie = /jinban_session=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    const account = sessions.get(cookie);
    const say = (value: unknown, status = 200) => response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(value));
    const route = `${request.method} /${first}${deed === '' ? '' : `/${deed}`}`;
    const fault = hall.fail.get(route);
    if (typeof fault === 'number') return void say({ code: 'FAILED', status: fault }, fault);
    const body = await bodyOf(request);

    if (first === 'session') {
      if (request.method === 'GET') return void say(account === undefined ? { ok: false, error: { kind: 'signed-out' } } : { ok: true, value: { account, ...STAFF[account], hall: '新昌县政务服务中心', production: false, secondFactor: 'off', last: null } });
      if (request.method === 'DELETE') {
        sessions.delete(cookie);
        return void say(null);
      }
      const wanted = String(body['account']);
      const staff = STAFF[wanted];
      if (fault === 'locked') return void say({ ok: false, error: { kind: 'locked', until: new Date(NOW + 8 * 60_000).toISOString() } });
      if (staff === undefined || body['password'] !== PASSWORD) return void say({ ok: false, error: { kind: 'refused' } });
      const token = `s${sessions.size}${wanted}`;
      sessions.set(token, wanted);
      response.setHeader('set-cookie', `jinban_session=${token}; Path=/console; HttpOnly; SameSite=Strict`);
      return void say({ ok: true, value: { step: 'whole' } });
    }
    if (account === undefined) return void say({ code: 'UNAUTHORIZED', status: 401 }, 401);
    if (first === 'inbox') return void say(inbox(body));
    if (first === 'machines') return void say(hall.machines);
    if (first === 'numbers') return void say(hall.numbers);
    if (first === 'quarantine') return void say(hall.quarantine);
    // A live line that ends at once and is not opened again; lists of one's own are empty, and the calendar is the one that the program brings.
    if (first === 'live') return void response.writeHead(204).end();
    if (first === 'help-calls' || first === 'filters' || first === 'sentences' || first === 'colleagues') return void say([]);
    if (first === 'calendar') return void say({ code: 'NOT_FOUND', status: 404 }, 404);
    if (first === 'blobs') {
      const picture = pictures.get(deed);
      if (picture === undefined || hall.unreadable.has(deed)) return void say({ code: 'NOT_FOUND', status: 404 }, 404);
      return void response.writeHead(200, { 'content-type': deed === SIGNATURE ? 'image/png' : 'image/jpeg' }).end(picture);
    }
    const opened = hall.cases.get(id);
    if (opened === undefined) return void say({ ok: false, error: { kind: 'unknown-case' } });
    if (deed === '') return void say({ ok: true, value: opened });
    if (typeof fault === 'string') return void say({ ok: false, error: { kind: fault } });
    const next = done(opened, account, deed, body);
    hall.cases.set(id, next);
    return void say({ ok: true, value: { stage: next.row.stage } });
  }

  function inbox(values: Record<string, unknown>): unknown {
    const [stage, query, after, limit] = [String(values['stage']), String(values['query']), Number(values['after']), Number(values['limit'])];
    const rows = [...hall.cases.values()].map(({ row }) => row).sort((left, right) => (left.daysLeft ?? 99) - (right.daysLeft ?? 99) || left.handedInAt.localeCompare(right.handedInAt));
    const isIn = (row: InboxRow, wanted: string) => wanted === 'all' || (wanted === 'open' ? OPEN.includes(row.stage) : row.stage === wanted);
    const found = rows.filter((row) => isIn(row, stage) && [row.number, row.person, row.itemName].some((text) => text.includes(query)));
    const counts = Object.fromEntries(['open', 'all', ...OPEN, 'finished', 'refused', 'withdrawn'].map((name) => [name, rows.filter((row) => isIn(row, name)).length]));
    return { rows: found.slice(after, after + limit), next: after + limit < found.length ? String(after + limit) : '', counts };
  }

  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the fake hall has no port');
  hall.address = `http://127.0.0.1:${address.port}`;
  return hall;
}

/** The case after a clerk's deed, by the real fold. */
function done(opened: ConsoleCase, account: string, deed: string, body: Record<string, unknown>): ConsoleCase {
  const { row, item } = opened;
  const missing = opened.materials.flatMap(({ pages }) => pages.map(({ hash }) => hash)).filter((hash) => !opened.here.includes(hash));
  const payloads: Payload[] =
    deed === 'accept' ? [{ kind: 'accepted', number: row.number, acceptedOn: '2026-11-24', promisedBy: '2026-11-25', statutoryBy: '2026-12-01', provisional: false }]
    : deed === 'refuse' ? [{ kind: 'refused', reason: String(body['reason']) }]
    : deed === 'correction' ? [{ kind: 'correction-asked', asks: body['asks'] as Extract<Payload, { kind: 'correction-asked' }>['asks'], within: '2026-12-15' }]
    : deed === 'finish' ? [{ kind: 'finished', result: body['granted'] === true ? 'granted' : 'denied', words: String(body['words']), certificate: body['granted'] === true ? opened.proposed : null }]
    : [];
  const actions = [...opened.actions, ...payloads.map((payload) => actionOf(CaseId.parse(row.id), item, { payload, ago: 0, by: account }))];
  const told = tell(CaseId.parse(row.id), item, actions, { daysLeft: deed === 'accept' ? 1 : deed === 'claim' ? row.daysLeft : null, claimedBy: deed === 'claim' || deed === 'accept' ? account : null, missing });
  return told;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : JSON.parse(text) as Record<string, unknown>;
}

async function page(address: string, response: ServerResponse): Promise<void> {
  const name = address === '/console/' ? 'index.html' : address.replace('/console/', '');
  const file = await readFile(inProject('dist', 'console', name)).catch(() => null);
  if (file === null) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[path.extname(name)] ?? 'application/octet-stream' }).end(file);
}

const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();
const online: MachineReport['devices'][string] = { kind: 'online', warnings: [] };
const WELL: MachineReport = {
  at: '2026-11-20T01:00:00.000Z', unknownPrints: 0, room: 'enough', selfTest: { at: '2026-11-19T23:30:00.000Z', findings: [{ check: 'id-card-reader', name: '', result: 'well', reasons: [] }, { check: 'keys', name: '', result: 'well', reasons: [] }] }, printed: { 'hand-in-slip': 3120, certificate: 214 },
  devices: { 'id-card-reader': online, 'code-scanner': { kind: 'offline', reason: 'not-configured' }, 'ticket-printer': { kind: 'online', warnings: ['paper-low'] }, 'document-printer': online },
  blanks: [{ name: '营业执照（正本）专用纸', loaded: 400, left: 186, used: 211, void: 3, inDoubt: 0, next: '浙A00012404' }],
};
const TROUBLED: MachineReport = {
  ...WELL, unknownPrints: 2, room: 'no-scans',
  selfTest: { at: '2026-11-19T23:30:00.000Z', findings: [{ check: 'document-printer', name: '', result: 'fault', reasons: ['paper-out'] }, { check: 'clock', name: '', result: 'fault', reasons: ['clock-off'] }] }, blanks: [{ name: '营业执照（正本）专用纸', loaded: 200, left: 12, used: 186, void: 1, inDoubt: 1, next: '浙A00013011' }],
  devices: { ...WELL.devices, 'document-printer': { kind: 'blocked', reason: 'paper-out' }, 'id-card-reader': { kind: 'offline', reason: 'unplugged' } },
};
export const MACHINES: unknown[] = [
  { machine: 'T330624-0001', enrolledAt: '2026-09-01T01:20:00.000Z', retired: false, lastContact: ago(0.05), actions: 4128, quarantined: 0, clockOffset: 4 * 60_000, protocol: 2, program: '0.1.0', report: WELL, reportedAt: ago(0.05) },
  { machine: 'T330624-0002', enrolledAt: '2026-09-01T02:05:00.000Z', retired: false, lastContact: ago(7.5), actions: 3310, quarantined: 2, clockOffset: -37 * 60_000, protocol: 2, program: '0.1.0', report: TROUBLED, reportedAt: ago(7.5) },
  { machine: 'T330624-0003', enrolledAt: '2026-09-03T06:40:00.000Z', retired: false, lastContact: ago(61), actions: 907, quarantined: 0, clockOffset: 420, protocol: 1, program: '0.1.0-county.20261012+site-vendor-build-7731', report: null, reportedAt: null },
  { machine: 'T330624-0004', enrolledAt: null, retired: false, lastContact: null, actions: 0, quarantined: 0, clockOffset: null, protocol: null, program: null, report: null, reportedAt: null },
  { machine: 'T330624-0005', enrolledAt: '2025-03-11T03:00:00.000Z', retired: true, lastContact: '2026-02-02T08:00:00.000Z', actions: 12011, quarantined: 1, clockOffset: 40 * 60_000, protocol: 1, program: '0.0.9', report: null, reportedAt: null },
];
export const QUARANTINE: unknown[] = [
  { id: 41, machine: 'T330624-0002', reason: 'bad-signature', at: ago(7.5), action: '01KAT8Z2M4Q6R8S0T2V4W6X8Y0', held: false },
  { id: 44, machine: 'T330624-0001', reason: 'hall-fault', at: ago(9), action: '01KAT8Z2M4Q6R8S0T2V4W6X8X3', held: true },
  { id: 40, machine: 'T330624-0002', reason: 'chain-gap', at: ago(26), action: '01KAT8Z2M4Q6R8S0T2V4W6X8Z1', held: false },
  { id: 12, machine: 'T330624-0005', reason: 'malformed', at: '2026-02-02T08:00:00.000Z', action: null, held: false },
];
