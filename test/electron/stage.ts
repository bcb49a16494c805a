/** The real terminal before a county of its own, enrolled and with numbers: where its tests begin. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { until } from '../../build/demo/child.ts';
import { type County, startCounty } from '../../build/demo/county.ts';
import { openTerminalWindow, type TerminalWindow } from '../../build/demo/window.ts';
import { prepareTerminal } from '../../build/terminal.ts';

/** @property log what its processes wrote, in pieces */
export type ElectronStage = { folder: string; county: County; window: TerminalWindow; log: readonly string[]; close(): Promise<void> };

/** @param name of its folder @param options.env of the terminal, made of that folder @param options.kiosk whether its window fills the screen and cannot be closed, as in a hall */
export async function openElectronStage(name: string, { env = () => ({}), kiosk = false }: { env?: (folder: string) => Record<string, string>; kiosk?: boolean } = {}): Promise<ElectronStage> {
  const folder = mkdtempSync(join(tmpdir(), `jinban-${name}-`));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '住址　浙江省新昌县', '登记机关　样张', '本页为样张', '内容均为虚构', '常住人口登记卡', '籍贯　浙江新昌'] });
  const county = await startCounty({ folder, size: { width: 1080, height: 1920 }, kiosk });
  const electron = await prepareTerminal();
  const log: string[] = [];
  const window = await openTerminalWindow({ electron, config: county.config, film, log: (line) => log.push(line), env: env(folder) });
  await until('enrolment', () => log.some((line) => line.includes('lease-added')), 60_000);
  return {
    folder, county, window, log,
    async close() {
      await window.close();
      await county.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
