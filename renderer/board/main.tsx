import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import './board.css';
import { drop } from '../../domain/result.ts';
import { createSites } from '../site/machines.ts';
import { createRing } from '../site/ring.ts';
import { readAddress } from './address.ts';
import { MainBoard } from './main-board.tsx';
import { RatingScreen } from './rating-screen.tsx';
import type { BoardRoad } from './road.ts';
import { WindowDisplay } from './window-display.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const address = readAddress(location.search);
const { screen } = address;
document.documentElement.dataset['theme'] = address.theme;
// Now, while the machine is there: a weight that is first needed when it is gone would come out in another font.
for (const weight of [400, 500, 700]) drop(document.fonts.load(`${weight} 1em "Jinban Sans"`).catch(() => []));
const road: BoardRoad = { ring: createRing(location.origin, localStorage), site: createSites(() => null) };
createRoot(root).render(
  screen.kind === 'main' ? <MainBoard road={road} address={address} /> : screen.kind === 'window' ? <WindowDisplay road={road} address={address} window={screen.window} /> : <RatingScreen road={road} window={screen.window} />,
);
