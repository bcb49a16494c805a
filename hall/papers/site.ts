import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { LegalPaper } from '../../domain/documents/legal.ts';
import { ActionId, CaseId } from '../../domain/ids.ts';
import { never } from '../../domain/result.ts';
import { may } from '../../domain/staff/rights.ts';
import { renderDocument } from '../../printers/papers/render.ts';
import { recordRead } from '../audit/reads.ts';
import type { Ground } from '../ground.ts';
import { PDF_POLICY } from '../http/headers.ts';
import type { Staff } from '../identity/accounts.ts';
import { type PaperFailure, readPaper } from './documents.ts';

const KINDS = LegalPaper.options.map(({ shape }) => shape.kind.value);
const Address = z.object({ case: CaseId, file: z.string().transform((name) => /^(.+)\.pdf$/.exec(name)?.[1]).pipe(z.union([z.literal('latest'), ActionId])) });
const Query = z.object({ kind: z.enum(KINDS).optional(), look: z.enum(['normal', 'large']).default('normal') });

/** `GET /console/api/papers/{case}/{action}.pdf`: one legal paper, drawn. A failure is a sentence for the clerk who opened it. @param staffOf who asks; null without a session */
export function registerPapers(scope: FastifyInstance, ground: Ground, staffOf: (request: FastifyRequest) => Promise<Staff | null>): void {
  scope.get('/console/api/papers/:case/:file', async (request, reply) => {
    const staff = await staffOf(request);
    if (staff === null) return reply.status(401).send({ code: 'UNAUTHORIZED', status: 401 });
    if (!may(staff.role, 'read-cases')) return reply.status(403).send({ code: 'FORBIDDEN', status: 403 });
    const [address, query] = [Address.safeParse(request.params), Query.safeParse(request.query)];
    if (!address.success || !query.success) return reply.status(404).send({ code: 'NOT_FOUND', status: 404 });
    const { case: id, file } = address.data;
    const say = (status: number, words: string) => reply.status(status).type('text/plain; charset=utf-8').send(words);
    const paper = await readPaper(ground, staff, { id, action: file === 'latest' ? null : file, kind: query.data.kind ?? null });
    if (!paper.ok) return say(paper.error.kind === 'unknown-case' || paper.error.kind === 'no-such-paper' ? 404 : 422, words(paper.error));
    const pdf = await renderDocument({ ...paper.value, look: { text: query.data.look, languages: 'zh' } });
    if (!pdf.ok) return say(422, `这份文书里有字库没有的字（${pdf.error.codePoints.join('、')}），不能打印。请联系管理员安装字库。`);
    await recordRead(ground, staff, { what: 'case', cases: [id], blob: null });
    return reply.header('content-security-policy', PDF_POLICY).header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${paper.value.paperNumber}.pdf`)}`).type('application/pdf').send(Buffer.from(pdf.value));
  });
}

function words(failure: PaperFailure): string {
  switch (failure.kind) {
    case 'unknown-case':
    case 'no-such-paper':
      return '没有这份文书。';
    case 'not-made':
      return '这份文书还没有制作。由经办人员首次打开时制作。';
    case 'remedies-unknown':
      return '这份文书要写明行政复议机关和法院，大厅还没有设置（配置文件 papers 一节的 reconsideration 和 court）。请联系管理员。';
    case 'not-printable':
      return `这份文书的内容不能打印（${failure.path}）：可能写有完整的身份证号码，或者超出长度。请联系管理员。`;
    default:
      return never(failure);
  }
}
