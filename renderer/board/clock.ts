import { useEffect, useState } from 'react';

/** Another value every second. @returns milliseconds of the page's own counter */
export function useSeconds(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const UTC_PLUS_8 = 8 * 3_600_000;

/** China's civil time, whatever zone this screen's computer is set to. @param milliseconds since 1970 @returns `09:32:15` */
export function timeOfDay(milliseconds: number): string {
  return new Date(milliseconds + UTC_PLUS_8).toISOString().slice(11, 19);
}
