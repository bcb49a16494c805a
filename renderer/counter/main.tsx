import '../console/page-rules.ts';
import { createRoot } from 'react-dom/client';
import './shell.css';
import './sign-in.css';
import './counter.css';
import './dialogs/dialogs.css';
import './manager/manager.css';
import './manager/arrange.css';
import { App } from './app.tsx';
import type { Road } from './road.ts';
import { keptSession } from './session.ts';
import { after } from '../site/after.ts';
import { answerOf, createSites, newId } from '../site/machines.ts';
import { createRing } from '../site/ring.ts';
import { createWishes } from './wishes.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

let token = keptSession(sessionStorage)?.token ?? null;
const ring = createRing(location.origin, localStorage);
const site = createSites(() => token);
const now = () => Date.now();
const wishes = createWishes({
  ring, after, newId, now,
  send: (origin, id, wish) => answerOf(site(origin).wish({ id, wish })),
});
const road: Road = { ring, site, wishes, after, now, setToken: (next) => (token = next) };
createRoot(root).render(<App road={road} />);
