import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { inProject } from '../paths.ts';
import { electronSwitches } from '../terminal.ts';
import type { ElectronRuntime } from '../electron-runtime.ts';
import { until } from './child.ts';

/** The terminal's real window, driven from outside as a person would touch it. */
export type TerminalWindow = {
  app: ElectronApplication;
  page: Page;
  /** Kills one of the terminal's processes the hard way. */
  kill(which: 'core' | 'devices' | 'site' | 'window'): Promise<void>;
  close(): Promise<void>;
};

/** @param options.app its folder; ours when left out */
export async function openTerminalWindow(options: { electron: ElectronRuntime; config: string; film: string; display?: string; env?: Record<string, string>; app?: string; log?: (line: string) => void }): Promise<TerminalWindow> {
  const app = await _electron.launch({
    executablePath: options.electron.executable,
    args: [
      ...electronSwitches(), '--disable-gpu', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${options.film}`,
      options.app ?? inProject(), '--config', options.config,
    ],
    env: { ...process.env, ...(options.display === undefined ? {} : { DISPLAY: options.display }), ...options.env } as Record<string, string>,
    timeout: 60_000,
  });
  app.process().stdout?.on('data', (chunk: Buffer) => options.log?.(chunk.toString()));
  app.process().stderr?.on('data', (chunk: Buffer) => options.log?.(chunk.toString()));
  const page = await app.firstWindow({ timeout: 60_000 });

  async function pidOf(which: 'core' | 'devices' | 'site' | 'window'): Promise<number> {
    return until(`the ${which} process`, () =>
      app.evaluate(({ app: electron, BrowserWindow }, name) => {
        if (name === 'window') return BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0;
        return electron.getAppMetrics().find((metric) => metric.serviceName === `jinban-${name}` || metric.name === `jinban-${name}`)?.pid ?? 0;
      }, which),
    );
  }

  return {
    app,
    page,
    async kill(which) {
      process.kill(await pidOf(which), 'SIGKILL');
    },
    close: () => app.close(),
  };
}
