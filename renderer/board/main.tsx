import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import './board.css';
import { readAddress } from './address.ts';
import { MainBoard } from './main-board.tsx';
import { RatingScreen } from './rating-screen.tsx';
import { createSite } from './site.ts';
import { WindowDisplay } from './window-display.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const address = readAddress(location.search);
const { screen } = address;
document.documentElement.dataset['theme'] = address.theme;
const site = createSite(location.origin);
createRoot(root).render(
  screen.kind === 'main' ? <MainBoard site={site} address={address} /> : screen.kind === 'window' ? <WindowDisplay site={site} address={address} window={screen.window} /> : <RatingScreen site={site} window={screen.window} />,
);
