/** Where somebody who disagrees can go: as a paper says it in law, and in plain words. */
import type { Remedies } from '../../domain/documents/legal.ts';
import { within } from './counts.ts';
import type { Block, Field, Words } from './paper/model.ts';
import { WORDS } from './paper/words.ts';

export function remedyNote({ reconsideration, litigation }: Remedies): Field {
  return { label: WORDS.remedyTime, value: `${reconsideration.days}日内复议${reconsideration.first ? '' : `，${within(litigation).zh}内起诉`}` };
}

export function remedyBlocks({ reconsideration: { authority, days, first }, litigation }: Remedies, paper: string): Block[] {
  const limited = within(litigation).zh;
  const text = first
    ? `如不服本决定，应当先自收到${paper}之日起${days}日内向${authority}申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起${limited}内向${litigation.court}提起行政诉讼。`
    : `如不服本决定，可以自收到${paper}之日起${days}日内向${authority}申请行政复议，也可以自收到${paper}之日起${limited}内依法向${litigation.court}提起行政诉讼。`;
  return [{ kind: 'heading', words: WORDS.remedies }, { kind: 'paragraph', text }, { kind: 'by-hand', words: WORDS.receivedByHand }];
}

export function disagree({ reconsideration: { authority, first }, litigation: { court } }: Remedies, applyTo: string | null): Words {
  const elsewhere = applyTo === null ? { zh: '', en: '' } : { zh: `这件事请到${applyTo}申请。`, en: `Apply to ${applyTo} instead. ` };
  const ways = first
    ? { zh: `不同意的话，先向${authority}申请行政复议；对复议结果还不同意，再到${court}起诉。`, en: `If you disagree, first ask ${authority} for reconsideration; if you still disagree, sue at ${court}.` }
    : { zh: `不同意的话，可以向${authority}申请行政复议，也可以到${court}起诉。`, en: `If you disagree, ask ${authority} for reconsideration, or sue at ${court}.` };
  return { zh: elsewhere.zh + ways.zh, en: elsewhere.en + ways.en };
}

export function disagreeBy({ reconsideration, litigation }: Remedies, paper: string, english: string): Words {
  const from = reconsideration.first ? { zh: '收到复议决定书', en: 'the reconsideration decision' } : { zh: `收到${paper}`, en: `this ${english}` };
  const court = within(litigation);
  return {
    zh: `复议：收到${paper}起${reconsideration.days}日内。起诉：${from.zh}起${court.zh}内。`,
    en: `Reconsideration: within ${reconsideration.days} days of receiving this ${english}. Lawsuit: within ${court.en} of receiving ${from.en}.`,
  };
}
