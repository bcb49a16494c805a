import { Button } from 'antd';
import { BellRing } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import type { HelpAnswer } from '../../../domain/contracts/help.ts';
import { may, mayCall } from '../../../domain/staff/rights.ts';
import { drop } from '../../../domain/result.ts';
import { useCaseWords } from '../live.ts';
import { useAnswer, useSession } from '../session.tsx';
import { t, word } from '../texts.ts';
import { momentWords } from '../words.ts';
import { useNow } from '../clock.ts';
import './help-calls.css';

/** Where there is no live line, who works at the console looks again by that, milliseconds: a clock would keep a session open that nobody sits at. */
const LOOK_AGAIN = 10_000;

/** Terminals at which somebody waits for a person, above whatever page is open. */
export function HelpCalls(): ReactNode {
  const { me } = useSession();
  return mayCall(me.role, 'helpCalls') ? <Waiting /> : null;
}

function Waiting(): ReactNode {
  const { ask, me } = useSession();
  const live = may(me.role, 'read-cases');
  const now = useNow();
  const [answer, again] = useAnswer('help-calls', () => ask((hall) => hall.helpCalls()));
  const calls = answer.kind === 'here' ? answer.value : [];
  const lookedAt = answer.kind === 'here' ? answer.at : 0;
  useCaseWords(({ what }) => {
    if (what === 'help' || what === 'many') again();
  });
  useEffect(() => {
    if (live) return undefined;
    const active = () => {
      if (Date.now() - lookedAt >= LOOK_AGAIN) again();
    };
    document.addEventListener('pointerdown', active);
    document.addEventListener('keydown', active);
    return () => {
      document.removeEventListener('pointerdown', active);
      document.removeEventListener('keydown', active);
    };
  }, [live, lookedAt, again]);
  if (calls.length === 0) return null;
  const say = (call: string, said: HelpAnswer) => drop(ask((hall) => hall.answerHelp({ call, answer: said })).then(again));
  return (
    <section className="help-calls" role="alert" aria-label={t('help-calls.title')}>
      <BellRing size={20} aria-hidden="true" />
      <ul>
        {calls.map((call) => (
          <li key={call.call}>
            <p>
              <strong>{call.site === '' ? call.machine : `${call.site} ${call.machine}`}</strong>
              <span>{t('help-calls.words', { step: word('help-calls.step', call.step), since: momentWords(call.since, now) })}</span>
              {call.item === null ? null : <span className="number">{call.item}</span>}
              {call.answer === 'coming' ? <span>{t('help-calls.coming', { account: call.account ?? '' })}</span> : null}
            </p>
            {call.answer === null ? <Button size="small" type="primary" onClick={() => say(call.call, 'coming')}>{t('help-calls.go')}</Button> : null}
            <Button size="small" onClick={() => say(call.call, 'answered')}>{t('help-calls.answered')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
