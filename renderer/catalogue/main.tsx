import { createRoot } from 'react-dom/client';
import '../ui/tokens.css';
import '../ui/base.css';
import { Catalogue } from './catalogue.tsx';

const element = document.getElementById('root');
if (element === null) throw new Error('the page has no root');
createRoot(element).render(<Catalogue />);
