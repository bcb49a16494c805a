/** Stands first among the page's imports: schemas are made while modules load. */
import { z } from 'zod';

// The page's content security policy forbids making code at run time, which zod would otherwise try.
z.config({ jitless: true });
