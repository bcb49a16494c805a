/** The real terminal before a county of its own, enrolled and with numbers: where its tests begin. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writeCameraFilm } from '../../build/demo/camera-film.ts';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import { openTerminalWindow, type TerminalWindow } from '../../build/demo/window.ts';
import { type Display, displayMend, startDisplay } from '../../build/display.ts';
import { prepareTerminal } from '../../build/terminal.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { configOf } from '../rigs/citizen.ts';
import { startTestCounty } from '../rigs/county.ts';

/** @property log what its processes wrote, in pieces */
export type ElectronStage = { folder: string; county: County; window: TerminalWindow; log: readonly string[]; close(): Promise<void> };

/**
 * @param name of its folder @param options.env of the terminal, made of that folder @param options.kiosk whether its window fills the screen and cannot be closed, as in a hall
 * @param options.settings what its settings file says otherwise @param options.size of its window, with a screen of its own; else upright, on the worker's
 */
export async function openElectronStage(name: string, { env = () => ({}), kiosk = false, size, settings = {} }: { env?: (folder: string) => Record<string, string>; kiosk?: boolean; settings?: Partial<TerminalConfig>; size?: { width: number; height: number } } = {}): Promise<ElectronStage> {
  const folder = mkdtempSync(join(tmpdir(), `jinban-${name}-`));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '住址　浙江省新昌县', '登记机关　样张', '本页为样张', '内容均为虚构', '常住人口登记卡', '籍贯　浙江新昌'] });
  const county = await startTestCounty({ folder, size: size ?? { width: 1080, height: 1920 }, kiosk });
  writeFileSync(county.config, stringify({ ...configOf(county), ...settings }));
  const display = size === undefined ? null : await screenOf(size);
  const electron = await prepareTerminal();
  const log: string[] = [];
  const window = await openTerminalWindow({ electron, config: county.config, film, ...(display === null ? {} : { display: display.name }), log: (line) => log.push(line), env: env(folder) });
  await until('enrolment', () => log.some((line) => line.includes('lease-added')), 60_000);
  return {
    folder, county, window, log,
    async close() {
      await window.close();
      await county.stop();
      await display?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function screenOf(size: { width: number; height: number }): Promise<Display> {
  const display = await startDisplay(size);
  if (!display.ok) throw new Error(`${display.error.reason}. ${displayMend}`);
  return display.value;
}
