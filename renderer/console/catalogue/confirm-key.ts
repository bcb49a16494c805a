import { useEffect, useEffectEvent } from 'react';
import { isConfirmation } from '../keys.ts';

/** Calls on Ctrl+Enter, wherever in an open dialog the keys are: its buttons lie outside of its content. */
export function useConfirmKey(confirm: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || !isConfirmation(event)) return;
    event.preventDefault();
    confirm();
  });
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
