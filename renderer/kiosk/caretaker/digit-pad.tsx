import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import './digit-pad.css';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Ten digits and one that takes the last away, for a finger. */
export function DigitPad(props: { erase: string; onDigit(digit: string): void; onErase(): void }): ReactNode {
  return (
    <div className="digit-pad">
      {DIGITS.map((digit) => (
        <Button key={digit} size="main" onPress={() => props.onDigit(digit)}>
          {digit}
        </Button>
      ))}
      <span />
      <Button size="main" onPress={() => props.onDigit('0')}>
        0
      </Button>
      <Button size="main" label={props.erase} onPress={props.onErase}>
        <Icon name="erase" />
      </Button>
    </div>
  );
}
