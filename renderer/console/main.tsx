import './page-rules.ts';
import { createRoot } from 'react-dom/client';
import './console.css';
import { App } from './app.tsx';
import { createHall } from './hall.ts';
import { createRepeats } from './repeats.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
const repeats = createRepeats((milliseconds, call) => {
  const timer = setTimeout(call, milliseconds);
  return () => clearTimeout(timer);
});
createRoot(root).render(<App hall={createHall(location.origin, repeats)} repeats={repeats} />);
