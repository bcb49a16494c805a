import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { Phrase } from '../ui/phrase.tsx';
import { ScrollArea } from '../ui/scroll-area.tsx';
import { Stepper } from '../ui/stepper.tsx';
import { journeyOf, journeyText } from './journey.ts';
import { useVisit } from './visit.tsx';
import './screen.css';

/**
 * The frame of a step: where in the journey, what it is, the content, and the ways on and back always in the same two places.
 * Its title takes the focus when the step opens, so that a screen reader and the keyboard begin at the top.
 */
export function Screen(props: { title: string; lead?: ReactNode; children: ReactNode; back?: { words: string; onPress(): void } | undefined; actions?: ReactNode; centred?: boolean; top?: ReactNode }): ReactNode {
  const { view, t } = useVisit();
  const heading = useRef<HTMLHeadingElement>(null);
  const journey = journeyOf(view);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div className="screen">
      {journey === null ? null : (
        <nav className="screen-journey" aria-label={t('journey.label')} data-say="">
          <Stepper label={t('journey.label')} done={t('journey.done')} spoken={t('voice.step', { at: journey.current + 1, of: journey.steps.length, name: t(journeyText(journey.steps[journey.current] ?? 'guide')) })} current={journey.current} steps={journey.steps.map((step) => t(journeyText(step)))} />
        </nav>
      )}
      <header className="screen-head">
        <h1 ref={heading} tabIndex={-1}>
          <Phrase>{props.title}</Phrase>
        </h1>
        {props.lead === undefined ? null : <p className="screen-lead"><Phrase>{props.lead}</Phrase></p>}
      </header>
      {props.top === undefined ? null : <div className="screen-top">{props.top}</div>}
      <div className={`screen-body${props.centred === true ? ' screen-centred' : ''}`}>
        <ScrollArea label={props.title} up={t('scroll.up')} down={t('scroll.down')}>
          {props.children}
        </ScrollArea>
      </div>
      {props.back === undefined && props.actions === undefined ? null : (
        <div className={`screen-actions${props.back === undefined ? ' screen-actions-only-on' : ''}`}>
          {props.back === undefined ? null : (
            <Button size="main" way="back" icon={<Icon name="back" />} onPress={props.back.onPress}>
              {props.back.words}
            </Button>
          )}
          <div className="screen-actions-on">{props.actions}</div>
        </div>
      )}
    </div>
  );
}
