import { mountKiosk } from './mount.tsx';

mountKiosk();
