import { type ReactNode, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import type { TicketId } from '../../domain/queue/types.ts';
import { RATINGS, type RatingLevel } from '../../domain/ratings/ratings.ts';
import { drop } from '../../domain/result.ts';
import { afterwards as en } from '../kiosk/texts/en/afterwards.ts';
import { afterwards as zh } from '../kiosk/texts/zh-CN/afterwards.ts';
import { askAround, newId } from '../site/machines.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Face } from '../ui/illustrations/face.tsx';
import { useSeconds } from './clock.ts';
import { Said } from './parts.tsx';
import { choose, follow, IDLE, type RatingFlow, type RatingStep, send, sent, toggle } from './rating-flow.ts';
import { type BoardRoad, useRatingLine } from './road.ts';
import { atWindow, served, type Words, WORDS } from './words.ts';
import './rating-screen.css';

/** The words of the terminal's rating, in both languages. */
type RateKey = Extract<keyof typeof zh, `rate.${string}`>;
const said = (key: RateKey): Words => ({ zh: zh[key], en: en[key] });

/** 好差评 before a window: thanks, five equal faces, reasons for who wants to give them. Who walks on has rated nothing. */
export function RatingScreen({ road, window }: { road: BoardRoad; window: number }): ReactNode {
  const { stand, about } = useRatingLine(road, window);
  const now = useSeconds();
  const [flow, setFlow] = useState<RatingFlow>(IDLE);
  const followed = follow(flow, stand?.word?.view.rate ?? null, now);
  if (followed !== flow) setFlow(followed);
  const { step } = followed;

  async function press(): Promise<void> {
    if (step.kind !== 'asking' || step.level === null || step.state === 'sending') return;
    const id = step.id ?? newId();
    setFlow((before) => send(before, id));
    const rating = { window, id, ticket: step.asked.ticket as TicketId, level: step.level, tags: [...step.tags] };
    const { answer } = await askAround(road.ring.all(), (origin) => road.site(origin).rate(rating));
    const isDone = answer.ok && (answer.value.ok || answer.value.error.kind === 'rated-before');
    setFlow((before) => sent(before, isDone ? 'done' : 'failed', performance.now()));
  }

  return (
    <div className="rating" data-step={step.kind}>
      <header className="rating-head">
        <p className="rating-window"><Said words={atWindow(window)} /></p>
        <p>{about?.hallName ?? ''}</p>
      </header>
      {step.kind === 'asking' ? (
        <Asking step={step} onLevel={(level) => setFlow((before) => choose(before, level, performance.now()))} onTag={(tag) => setFlow((before) => toggle(before, tag, performance.now()))} onSend={() => drop(press())} />
      ) : (
        <main className="rating-quiet">
          {step.kind === 'thanks' && <Icon name="done" size={3} />}
          <h1><Said words={step.kind === 'thanks' ? WORDS.rateThanks : WORDS.rateIdle} /></h1>
          {step.kind === 'idle' && <p><Said words={WORDS.rateIdleLead} /></p>}
        </main>
      )}
    </div>
  );
}

function Asking({ step, onLevel, onTag, onSend }: { step: RatingStep & { kind: 'asking' }; onLevel(level: RatingLevel): void; onTag(tag: string): void; onSend(): void }): ReactNode {
  const { level, tags, state, asked } = step;
  const rating = RATINGS.find((one) => one.level === level);
  return (
    <main className="rating-main" data-chosen={level !== null}>
      <h1><Said words={said('rate.title')} /></h1>
      <p className="rating-lead"><strong><Said words={served(asked.code)} /></strong><Said words={said('rate.note')} /></p>
      <RadioGroup className="faces" aria-label={zh['rate.faces']} value={level === null ? null : String(level)} onChange={(value) => onLevel(RATINGS.find((one) => String(one.level) === value)?.level ?? 5)}>
        {RATINGS.map((one) => (
          <Radio key={one.level} value={String(one.level)} className="face-tile">
            <Face level={one.level} />
            <Said words={said(`rate.level.${one.level}`)} />
          </Radio>
        ))}
      </RadioGroup>
      {rating !== undefined && (
        <>
          <section className="rating-tags">
            <h2 id="rating-why"><Said words={said(rating.poor ? 'rate.why.poor' : rating.level === 3 ? 'rate.why.fair' : 'rate.why.good')} /></h2>
            <div role="group" aria-labelledby="rating-why">
              {rating.tags.map((tag) => (
                <button key={tag.code} type="button" className="rate-tag" aria-pressed={tags.includes(tag.code)} onClick={() => onTag(tag.code)}>{tag.text}</button>
              ))}
            </div>
          </section>
          <div className="rating-send">
            {state === 'failed' && <p role="alert"><Said words={WORDS.rateFailed} /></p>}
            <Button size="main" tone="main" busy={state === 'sending'} icon={<Icon name="send" />} onPress={onSend}>{`${zh['rate.send']} ${en['rate.send']}`}</Button>
          </div>
        </>
      )}
    </main>
  );
}
