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

/** @property window the one that is open now @property log what its processes wrote, in pieces @property open starts the terminal again after it has ended */
export type ElectronStage = { folder: string; county: County; readonly window: TerminalWindow; log: readonly string[]; open(): Promise<void>; close(): Promise<void> };

/**
 * @param name of its folder @param options.env of the terminal, made of that folder @param options.kiosk whether its window fills the screen and cannot be closed, as in a hall
 * @param options.settings what its settings file says otherwise @param options.prepare what is done to the county before the terminal's first start @param options.program what is run in Electron's place, which it runs @param options.size of its window, with a screen of its own; else upright, on the worker's
 */
export async function openElectronStage(name: string, { env = () => ({}), kiosk = false, size, settings = {}, prepare = () => {}, program = (electron) => electron }: { env?: (folder: string) => Record<string, string>; kiosk?: boolean; settings?: Partial<TerminalConfig>; size?: { width: number; height: number }; prepare?(county: County): void; program?(electron: string, folder: string): string } = {}): Promise<ElectronStage> {
  const folder = mkdtempSync(join(tmpdir(), `jinban-${name}-`));
  const film = join(folder, 'camera.mjpeg');
  writeCameraFilm(film, { kind: 'paper', title: '居民户口簿（样张）', lines: ['户主姓名　李漹兰', '住址　浙江省新昌县', '登记机关　样张', '本页为样张', '内容均为虚构', '常住人口登记卡', '籍贯　浙江新昌'] });
  const county = await startTestCounty({ folder, size: size ?? { width: 1080, height: 1920 }, kiosk });
  writeFileSync(county.config, stringify({ ...configOf(county), ...settings }));
  const display = size === undefined ? null : await screenOf(size);
  const runtime = await prepareTerminal();
  const electron = { ...runtime, executable: program(runtime.executable, folder) };
  const log: string[] = [];
  prepare(county);
  const open = () => openTerminalWindow({ electron, config: county.config, film, ...(display === null ? {} : { display: display.name }), log: (line) => log.push(line), env: env(folder) });
  let window = await open();
  await until('enrolment', () => log.some((line) => line.includes('lease-added')), 60_000);
  return {
    folder, county, log,
    get window() {
      return window;
    },
    async open() {
      window = await open();
    },
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
