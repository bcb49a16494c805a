import '../console/page-rules.ts';
import { createRoot } from 'react-dom/client';
import './shell.css';
import './sign-in.css';
import './counter.css';
import './dialogs/dialogs.css';
import './manager/manager.css';
import './manager/arrange.css';
import { ulid } from '../../domain/ids.ts';
import { App } from './app.tsx';
import type { Road } from './road.ts';
import { createRing } from './ring.ts';
import { keptSession } from './session.ts';
import { answerOf, createSites } from './site.ts';
import { createWishes } from './wishes.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');

let token = keptSession(sessionStorage)?.token ?? null;
const ring = createRing(location.origin);
const site = createSites(() => token);
const after = (milliseconds: number, call: () => void) => {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
};
const wishes = createWishes({
  ring, after,
  send: (origin, id, wish) => answerOf(site(origin).wish({ id, wish })),
  newId: () => ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
  now: () => Date.now(),
});
const road: Road = { ring, site, wishes, after, setToken: (next) => (token = next) };
createRoot(root).render(<App road={road} />);
