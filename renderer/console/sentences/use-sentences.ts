import { useMemo } from 'react';
import type { Sentence } from '../../../domain/contracts/desk.ts';
import { mayCall } from '../../../domain/staff/rights.ts';
import { ok } from '../../../domain/result.ts';
import { useAnswer, useSession } from '../session.tsx';

/** The ready sentences for an item; none while they are not here, and for a role that writes nothing. */
export function useSentences(itemCode: string): readonly Sentence[] {
  const { ask, me } = useSession();
  const [answer] = useAnswer('sentences', () => (mayCall(me.role, 'sentences') ? ask((hall) => hall.sentences()) : Promise.resolve(ok([]))));
  const all = answer.kind === 'here' ? answer.value : null;
  return useMemo(() => (all ?? []).filter((sentence) => sentence.itemCode === '' || sentence.itemCode === itemCode), [all, itemCode]);
}
