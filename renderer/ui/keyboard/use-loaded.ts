import { useEffect, useState } from 'react';

/** What a layer needs before it can be used. `failed`: the program's own files are damaged; another layer may still work. */
export type Loaded<T> = { kind: 'loading' } | { kind: 'ready'; value: T } | { kind: 'failed' };

export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' });
  useEffect(() => {
    let here = true;
    load().then(
      (value) => here && setState({ kind: 'ready', value }),
      () => here && setState({ kind: 'failed' }),
    );
    return () => {
      here = false;
    };
  }, [load]);
  return state;
}
