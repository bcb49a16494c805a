import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { App } from './app.tsx';
import { acceptPorts, createCore } from './core.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const core = createCore();
acceptPorts(core);
createRoot(root).render(<App core={core} />);
