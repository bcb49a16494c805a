import { ipcRenderer } from 'electron';
import { beginWhenSeen, keepEarlyTouches } from './first-screen.ts';

/**
 * Hands the port to core on to the window's own page, and looks after its first screen while its script is not there; nothing else: no API, no logic. A new port comes whenever core or the
 * page was started again.
 */
const CORE_PORT = 'jinban:core-port';

const hears = beginWhenSeen(window);
keepEarlyTouches(window);
ipcRenderer.on(CORE_PORT, ({ ports }) => void hears.then(() => window.postMessage(CORE_PORT, window.location.origin, ports)));
