import { canonicalJson } from '../../domain/action/canonical.ts';
import { HotlinePackage } from '../../domain/contracts/messages.ts';
import type { MessagePerson, MessageSubject } from '../../domain/contracts/messages.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { sha256 } from '../../crypto/node.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { openText, sealText } from '../identity/sealed-text.ts';
import { hang, lockMessage, type MessageActFailure } from './acts.ts';
import { personOf, subjectOf, wordsOf } from './register.ts';
import type { MessageRow } from './rows.ts';

const KINDS = { consult: '咨询', complain: '投诉', suggest: '建议', 'guide-error': '办事指南纠错' } as const;

/**
 * Hands a message to the 12345 hotline: everything the hotline needs to work on it, signed by the hall, as data and as a sheet for people. It is made once and
 * kept sealed; asked again, the same package is given. It holds the citizen's name and phone: the caller records the read.
 */
export async function handOverMessage(ground: Ground, staff: Staff, id: string): Promise<Result<HotlinePackage, MessageActFailure>> {
  return ground.db.write(async (write): Promise<Result<HotlinePackage, MessageActFailure>> => {
    const row = await lockMessage(ground, write, staff, id);
    if (row === null) return err({ kind: 'unknown-message' });
    if (row.package !== null) return ok(HotlinePackage.parse(JSON.parse(openText(ground, 'messages', contextOf(id), row.package))));
    const made = makePackage(ground, row);
    const hung = await hang(ground, write, staff, row, { kind: 'handed-over', at: nowOf(ground), by: staff.account, package: made.hash });
    if (!hung.ok) return hung;
    await write.updateTable('message').set({ package: sealText(ground, 'messages', contextOf(id), JSON.stringify(made)) }).where('division', '=', ground.division).where('id', '=', id).execute();
    return ok(made);
  });
}

function makePackage(ground: Ground, row: MessageRow): HotlinePackage {
  const [person, subject, words, at] = [personOf(ground, row), subjectOf(row), wordsOf(ground, row), nowOf(ground)];
  const json = canonicalJson({
    format: 'jinban-12345-1', hall: ground.hall, hallName: ground.name, division: ground.division, number: row.number, kind: row.kind, kindName: KINDS[row.kind], channel: row.channel, site: row.site,
    registeredAt: row.registered_at, handedOverAt: at, due: row.due, person, subject, words, audio: row.audio === null ? null : JSON.parse(row.audio) as unknown,
  });
  const hash = sha256(json);
  return { name: `${row.number}-12345`, json, text: sheetOf(ground, row, { person, subject, words, at, hash }), hash, signature: ground.signer.sign(hash), key: ground.publicKeys.signing };
}

function sheetOf(ground: Ground, row: MessageRow, { person, subject, words, at, hash }: { person: MessagePerson | null; subject: MessageSubject; words: string; at: string; hash: string }): string {
  const about = { item: () => subject.kind === 'item' ? `事项 ${subject.name}` : '', case: () => subject.kind === 'case' ? `办件 ${subject.number}` : '', site: () => subject.kind === 'site' ? `网点 ${subject.name}` : '', none: () => '未指明' }[subject.kind]();
  return [
    `${ground.name} 转 12345 政务服务便民热线`, `编号：${row.number}`, `类别：${KINDS[row.kind]}`, `登记：${row.registered_at}`, `转交：${at}`, `答复期限：${row.due}`,
    `来话人：${person === null ? '匿名' : person.name || '未留姓名'}`, `电话：${person?.phone || '未留'}`, `涉及：${about}`, '内容：', words, ...(row.audio === null ? [] : ['（附语音，另行传送）']), `校验：SHA-256 ${hash}`, '',
  ].join('\n');
}

function contextOf(id: string): string {
  return `message/${id}/package`;
}
