/** The page of the design language, built and served to this machine alone. */
import { preview } from 'vite';
import { bundle } from './bundle.ts';
import { inProject } from './paths.ts';

/** @param port 0: any that is free */
export async function serveCatalogue(port: number): Promise<{ address: string; close(): Promise<void> }> {
  await bundle(['catalogue']);
  const server = await preview({ root: inProject('renderer', 'catalogue'), configFile: false, logLevel: 'error', build: { outDir: inProject('dist', 'catalogue') }, preview: { port, host: '127.0.0.1', open: false } });
  return { address: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}
