import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCanvas } from '@napi-rs/canvas';
import { parse } from 'yaml';
import { z } from 'zod';
import { until } from '../../build/demo/child.ts';
import type { County } from '../../build/demo/county.ts';
import type { ItemReference } from '../../domain/action/types.ts';
import type { SessionView } from '../../domain/contracts/kiosk.ts';
import { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import type { CaseId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import { isRequired, visibleFields } from '../../domain/item/form.ts';
import type { FormField, Item } from '../../domain/item/types.ts';
import type { RigTerminal } from './terminal.ts';

/** A fictional citizen at the kiosk contract: what the window would ask, in the order a person does it. */
export const ELDER_CARD = packReference('elder-card').code;
export const WATER_PERMIT = packReference('water-permit').code;
export const BUSINESS = packReference('business-registration').code;

/** An item as the pack has it now. */
export function packReference(name: string): ItemReference {
  const file = fileURLToPath(new URL(`../../packs/xinchang/items/${name}.json`, import.meta.url));
  const { code, version } = JSON.parse(readFileSync(file, 'utf8')) as ItemReference;
  return { code, version };
}

export function configOf(county: Pick<County, 'config'>): TerminalConfig {
  return TerminalConfig.parse(parse(readFileSync(county.config, 'utf8')));
}

/** A page that could be a scanned paper, as JPEG. */
export function page(width = 800, height = 600): Uint8Array<ArrayBuffer> {
  const canvas = createCanvas(width, height);
  const draw = canvas.getContext('2d');
  draw.scale(width / 800, height / 600);
  draw.fillStyle = '#fff';
  draw.fillRect(0, 0, 800, 600);
  draw.fillStyle = '#222';
  for (let line = 0; line < 12; line += 1) draw.fillRect(60, 60 + line * 40, 400 + (line * 53) % 260, 8);
  return new Uint8Array(canvas.toBuffer('image/jpeg', 85));
}

/** What the window sends of one captured page: the picture and its thumbnail. */
export function captured(image = page()): { image: Uint8Array<ArrayBuffer>; thumbnail: Uint8Array<ArrayBuffer>; width: number; height: number; from: 'camera' } {
  return { from: 'camera', image, thumbnail: page(400, 300), width: 800, height: 600 };
}

export function signature(): Uint8Array<ArrayBuffer> {
  const canvas = createCanvas(400, 160);
  const draw = canvas.getContext('2d');
  draw.lineWidth = 6;
  draw.beginPath();
  draw.moveTo(30, 110);
  draw.bezierCurveTo(120, 10, 180, 170, 370, 50);
  draw.stroke();
  return new Uint8Array(canvas.toBuffer('image/png'));
}

/** Why a wish was refused, or `ok`. */
export async function answerOf(answer: Promise<Result<unknown, { kind: string }>>): Promise<string> {
  const result = await answer;
  return result.ok ? 'ok' : result.error.kind;
}

export async function well(answer: Promise<Result<unknown, { kind: string }>>): Promise<void> {
  const result = await answer;
  if (!result.ok) throw new Error(`refused: ${result.error.kind}`);
}

/** Places a card and goes through the reader, whatever the errand. */
export async function showCard(terminal: RigTerminal, county: County, card: string): Promise<void> {
  await terminal.see('the reader asking for a card', (view) => view.card.kind === 'place-card');
  await layCard(terminal, county, { card, what: 'the card read', look: (view) => view.person !== null });
  await county.device('id-card-reader', 'remove');
}

/** Lays a card down until the view is as `look` has it. One that came before the reader had seen the last one go is taken up and laid down again, as the screen asks for. */
export async function layCard(terminal: RigTerminal, county: County, { card, what, look }: { card: string; what: string; look: (view: SessionView) => boolean }): Promise<SessionView> {
  await county.device('id-card-reader', `place ${card}`);
  const view = await terminal.see(what, (seen) => look(seen) || seen.card.kind === 'place-again');
  if (look(view)) return view;
  await county.device('id-card-reader', 'remove');
  await fieldSeen(county, 3);
  await county.device('id-card-reader', `place ${card}`);
  return terminal.see(what, look);
}

/** Waits until the terminal has asked the reader so often: long enough to have seen an empty field. */
export async function fieldSeen(county: County, times: number): Promise<void> {
  const asked = async () => z.object({ commands: z.int() }).parse(JSON.parse(await county.device('id-card-reader', 'status'))).commands;
  const before = await asked();
  await until('the field looked at', async () => (await asked()) >= before + times);
}

/** A person comes to look at their cases, or for a result. */
export async function comeBack(terminal: RigTerminal, county: County, card: string): Promise<void> {
  await well(terminal.kiosk.touch());
  await well(terminal.kiosk.go({ step: 'identify', errand: 'progress' }));
  await showCard(terminal, county, card);
  await terminal.see('the cases', ({ step }) => step === 'progress');
}

export async function leave(terminal: RigTerminal): Promise<void> {
  await well(terminal.kiosk.end());
  await terminal.see('nobody', ({ session, person }) => session === null && person === null);
}

/** From the home screen to the check screen, everything filled in that the item asks for. */
export async function fillIn(terminal: RigTerminal, county: County, wish: { code: string; card: string; values?: Record<string, string | number | boolean> }): Promise<void> {
  const { kiosk } = terminal;
  await well(kiosk.touch());
  await well(kiosk.openGuide({ code: wish.code }));
  await well(kiosk.go({ step: 'identify', errand: 'apply' }));
  await showCard(terminal, county, wish.card);
  const { item } = await terminal.see('the form', (view) => view.step === 'form' && view.item !== null);
  await fillForm(terminal, item as Item, wish.values ?? {});
  await well(kiosk.submitForm());
  await terminal.see('the materials', (view) => view.step === 'materials');
  for (const material of (item as Item).materials.filter(({ required }) => required)) await well(kiosk.addPage({ material: material.key, ...captured() }));
  await well(kiosk.go({ step: 'check', errand: null }));
}

export async function fillForm(terminal: RigTerminal, item: Item, values: Record<string, string | number | boolean>): Promise<void> {
  // Fields appear as others are filled, so each look starts from what is shown now.
  for (let round = 0; round < 40; round += 1) {
    const shown = terminal.view().form?.values ?? {};
    const field = visibleFields(item.form, shown).find(({ name }) => (name in values && shown[name] !== values[name]) || (isRequired(item.form, name) && (shown[name] ?? '') === ''));
    if (field === undefined) return;
    const value = values[field.name] ?? sampleOf(field);
    await well(terminal.kiosk.saveField({ name: field.name, value }));
    await terminal.see(`${field.name} saved`, (view) => view.form?.values[field.name] === value);
  }
  throw new Error('the form never ends');
}

/** A right value for a field: its first option, or its example. */
function sampleOf(field: FormField): string | boolean {
  if (field.widget === 'yes-no') return false;
  return field.widget === 'address' ? field.example : field.options[0]?.value ?? field.example;
}

export async function handIn(terminal: RigTerminal): Promise<CaseId> {
  await well(terminal.kiosk.handIn({ signature: { kind: 'drawn', image: signature() }, phone: '13800000000' }));
  const view = await terminal.see('handed in', ({ handedIn }) => handedIn !== null);
  return view.handedIn?.case as CaseId;
}
