import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { Icon, type IconName } from './icons.tsx';
import { Phrase } from './phrase.tsx';
import './tile.css';

/** A large way in. One that does not work now stays touchable, looks quiet and says why. */
export function Tile(props: { icon: IconName; title: string; words: string; prominent?: boolean; off?: string | undefined; onPress(): void }): ReactNode {
  const off = props.off !== undefined;
  return (
    <AriaButton className={`tile${props.prominent === true ? ' tile-prominent' : ''}${off ? ' tile-off' : ''}`} onPress={props.onPress}>
      <span className="tile-seal">
        <Icon name={props.icon} size={1} />
      </span>
      <span className="tile-text">
        <span className="tile-title"><Phrase>{props.title}</Phrase></span>
        <span className="tile-words"><Phrase>{props.off ?? props.words}</Phrase></span>
      </span>
    </AriaButton>
  );
}
