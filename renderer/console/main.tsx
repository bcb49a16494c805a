import './page-rules.ts';
import { createRoot } from 'react-dom/client';
import './console.css';
import { App } from './app.tsx';
import { createHall } from './hall.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(<App hall={createHall(location.origin)} />);
