import { App as AntApp } from 'antd';
import type { Adjusted } from '../../../domain/catalogue/publication.ts';
import { go } from '../route.ts';
import { useSession } from '../session.tsx';
import { t } from '../texts.ts';

/** Begins a draft and goes to it; to a colleague's, where one is open already. */
export function useBeginDraft(): (kind: Adjusted, codes: readonly string[]) => Promise<void> {
  const { ask } = useSession();
  const { message } = AntApp.useApp();
  return async (kind, codes) => {
    const answer = await ask((hall) => hall.beginDraft({ kind, codes: [...codes] }));
    if (!answer.ok) return void message.error(t(answer.error.kind === 'away' ? 'failed.away' : 'failed.broken'));
    if (answer.value.ok) return go({ page: 'catalogue', at: `drafts/${answer.value.value.id}` });
    const { error } = answer.value;
    if (error.kind !== 'drafted') return void message.error(t(`catalogue.begin.${error.kind}`));
    void message.warning(t('catalogue.begin.drafted'));
    go({ page: 'catalogue', at: `drafts/${error.id}` });
  };
}
