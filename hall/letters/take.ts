import { sha256, verifier } from '../../crypto/node.ts';
import { unseal, unwrapKey } from '../../crypto/seal.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { Letter, LetterBody, letterContext, LetterOutcome, type LetterRefusal, letterText } from '../../domain/contracts/letters.ts';
import { never } from '../../domain/result.ts';
import type { Write } from '../db/schema.ts';
import { announceLetter } from '../feeds/feed.ts';
import { type Ground, nowOf } from '../ground.ts';
import type { KnownMachine } from '../identity/machines.ts';
import { formerKeys } from '../identity/takeover.ts';
import { rateReply, reopenByCitizen } from '../messages/acts.ts';
import { registerMessage } from '../messages/register.ts';
import { takeSheet } from '../surveys/surveys.ts';

/**
 * Takes a terminal's letter once: one that comes again is answered as of its first arrival.
 * @param told `feed`: nobody waits for the answer, it came by stick and goes down in the feed
 */
export async function takeLetter(ground: Ground, from: KnownMachine, letter: Letter, told: 'answer' | 'feed' = 'answer'): Promise<LetterOutcome> {
  const outcome = await judge(ground, from, letter);
  if (outcome.kind === 'refused') ground.log({ event: 'letter-refused', machine: from.machine, letter: letter.id, why: outcome.reason });
  if (told === 'feed') await ground.db.write((write) => announceLetter(write, ground.division, from.machine, letter.id));
  return outcome;
}

async function judge(ground: Ground, from: KnownMachine, letter: Letter): Promise<LetterOutcome> {
  const hash = sha256(letterText(letter));
  // A spare sends what the machine before it had signed.
  const keys = [from.publicKey, ...(await formerKeys(ground, from.machine)).map(({ public_key }) => public_key)];
  if (letter.machine !== from.machine || !keys.some((key) => verifier.verify(key, hash, letter.signature))) return refused('bad-signature');
  const body = openLetter(ground, letter);
  return ground.db.write(async (write) => {
    const { division } = ground;
    // Of two servers with one letter, the second waits here for the first.
    const mine = await write.insertInto('letter').values({ division, id: letter.id, machine: from.machine, hash, kind: body?.kind ?? '', received_at: nowOf(ground), outcome: JSON.stringify({ kind: 'taken' }) })
      .onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
    if (mine === undefined) {
      const known = await write.selectFrom('letter').select(['hash', 'outcome']).where('division', '=', division).where('id', '=', letter.id).executeTakeFirstOrThrow();
      return known.hash === hash ? LetterOutcome.parse(JSON.parse(known.outcome)) : refused('other-letter');
    }
    const reason = body === null ? 'unreadable' : await take(ground, write, letter, body);
    if (reason === null) return { kind: 'taken' };
    await write.updateTable('letter').set({ outcome: JSON.stringify(refused(reason)) }).where('division', '=', division).where('id', '=', letter.id).execute();
    return refused(reason);
  });
}

/** What is in the envelope; null when it was not sealed for this hall, or holds what this hall cannot read. */
function openLetter({ wrapping }: Pick<Ground, 'wrapping'>, letter: Letter): LetterBody | null {
  const context = letterContext(letter.id);
  const key = unwrapKey(wrapping, context, letter.key);
  const opened = key.ok ? unseal(key.value, context, Buffer.from(letter.sealed, 'base64')) : key;
  if (!opened.ok) return null;
  try {
    return LetterBody.safeParse(JSON.parse(Buffer.from(opened.value).toString('utf8'))).data ?? null;
  } catch {
    return null;
  }
}

/** @returns why not, or null when it is done */
async function take(ground: Ground, write: Write, letter: Letter, body: LetterBody): Promise<LetterRefusal | null> {
  switch (body.kind) {
    case 'message': {
      const { of: kind, subject, person, words, recording } = body;
      const audio = recording === null ? null : { hash: recording.hash, size: recording.size, seconds: recording.seconds };
      const message = { id: letter.id, kind, channel: 'terminal' as const, site: await siteOf(ground, write, letter.machine), subject, person, words, audio };
      await registerMessage(ground, write, message, null, { machine: letter.machine, audioKey: recording?.key ?? null });
      return null;
    }
    case 'reply-rated':
      return rateReply(ground, write, letter.machine, body);
    case 'reopened':
      return reopenByCitizen(ground, write, letter.machine, body);
    case 'survey': {
      const today = civilDate(ground.clock.now());
      const answered = civilDate(Date.parse(letter.at));
      const taken = await takeSheet(ground, write, { id: letter.id, survey: body.survey, site: await siteOf(ground, write, letter.machine), answers: body.answers, card: body.card, day: answered < today ? answered : today });
      if (taken.ok) return null;
      const { kind } = taken.error;
      return kind === 'unknown-question' || kind === 'missing' || kind === 'no-such-answer' || kind === 'too-many' || kind === 'too-long' ? 'bad-answer' : kind;
    }
    default:
      return never(body);
  }
}

async function siteOf({ division }: Pick<Ground, 'division'>, write: Write, machine: string): Promise<string> {
  return (await write.selectFrom('place').select('site').where('division', '=', division).where('machine', '=', machine).executeTakeFirst())?.site ?? '';
}

function refused(reason: LetterRefusal): Extract<LetterOutcome, { kind: 'refused' }> {
  return { kind: 'refused', reason };
}
