import { ipcRenderer } from 'electron';

/**
 * Hands the port to core on to the window's own page, and nothing else: no API, no logic. A new port comes whenever core or the
 * page was started again.
 */
const CORE_PORT = 'jinban:core-port';

ipcRenderer.on(CORE_PORT, (event) => window.postMessage(CORE_PORT, window.location.origin, event.ports));
