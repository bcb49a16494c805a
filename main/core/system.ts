import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Clock } from '../../domain/time.ts';

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => Math.round(performance.timeOrigin - bootedAt() + performance.now()),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** When the machine was started, by the wall clock at this process's start: later changes of the wall clock do not move the counter. */
const BOOTED_AT = performance.timeOrigin - uptime() * 1000 + performance.now();
function bootedAt(): number {
  return BOOTED_AT;
}

/** A name for this boot of the machine: the kernel's own where there is one. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return `booted-${Math.round(BOOTED_AT / 10_000)}`;
  }
}
