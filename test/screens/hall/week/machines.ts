/** Citizens at self-service terminals: their actions are made, signed and kept there, and go to the hall over the terminals' own road as soon as it answers. */
import type { CaseId } from '../../../../domain/ids.ts';
import type { BlobReference, Payload } from '../../../../domain/action/payload.ts';
import type { Action } from '../../../../domain/action/types.ts';
import type { Item } from '../../../../domain/item/types.ts';
import { fillForm, materialAgain, materialsFor } from '../../../../domain/seed/form.ts';
import type { Person } from '../../../../domain/seed/people.ts';
import type { Random } from '../../../../domain/seed/random.ts';
import { page, signature } from '../../../rigs/citizen.ts';
import { createMaker, handedIn, type Maker } from '../../../fixtures/actions.ts';
import { enrolTerminal, sealerOf, takeToken, terminalAt, uploadBlob } from '../../../fixtures/hall.ts';
import { dayOf } from './book.ts';
import type { WeekHall } from './served.ts';

/** What a citizen did, and what becomes of it once the hall has it. */
type Waiting = { action: Action; files: ReadonlyMap<string, Uint8Array>; arrived: (known: number) => void };

export type Machine = {
  readonly name: string;
  /** @param arrived told when the hall has it. @returns the number on the citizen's slip */
  handIn(about: { id: CaseId; item: Item; person: Person; random: Random }, arrived: (known: number) => void): string;
  /** What a citizen says of the own case at the terminal where it was handed in. */
  say(id: CaseId, item: Item, payload: Payload, arrived: (known: number) => void): void;
  /** Asked for a material again: another page of it. */
  supplement(about: { id: CaseId; item: Item; random: Random }, keys: readonly string[], arrived: (known: number) => void): void;
  /** Sends what waits, oldest first; nothing while the hall is stopped. */
  send(): Promise<void>;
};

/** One small page for every paper: what is on it matters to nobody here, and each is decoded whenever a case is opened. */
const PAGE = page(400, 300);
const SIGNED = signature();

export async function enrolMachine(week: WeekHall, name: string): Promise<Machine> {
  const maker = createMaker(name, week.clock);
  const terminal = await enrolTerminal(week.hall, name, maker);
  const { keys, url } = week.hall;
  const sealers = new Map<CaseId, ReturnType<typeof sealerOf>>();
  let waiting: Waiting[] = [];
  const keep = (id: CaseId, item: Item, payload: Payload, arrived: Waiting['arrived']) => {
    const sealed = sealers.get(id)?.sealed ?? new Map<string, Uint8Array>();
    waiting.push({ action: maker.make(payload, { code: item.code, case: id }), files: new Map(sealed), arrived });
    sealed.clear();
  };
  // The next page differs from the last by its own seal, so that no two are one file.
  const paperOf = (id: CaseId) => {
    const sealer = sealers.get(id) ?? sealerOf({ keys }, id);
    sealers.set(id, sealer);
    return { sealer, paper: <Media extends BlobReference['mediaType']>(_label: string, mediaType: Media) => sealer.blob(mediaType === 'image/png' ? SIGNED : PAGE, mediaType) };
  };
  return {
    name,
    handIn({ id, item, person, random }, arrived) {
      const { sealer, paper } = paperOf(id);
      const value = terminal.nextNumber();
      keep(id, item, handedIn({
        number: { value, provisional: false }, applicant: person.holder, phone: person.phone, form: fillForm(item, person, random, dayOf(week.clock.now())),
        materials: materialsFor(item, random, paper, null), signature: { ...handedIn().signature, image: paper('signature', 'image/png') }, caseKey: sealer.caseKey,
      }), arrived);
      return value;
    },
    say: keep,
    supplement({ id, item, random }, keysOf, arrived) {
      const { paper } = paperOf(id);
      keep(id, item, { kind: 'supplemented', form: { phone: '13900000000' }, materials: keysOf.map((key) => materialAgain(key, random, paper)) }, arrived);
    },
    async send() {
      if (!week.up || waiting.length === 0) return;
      const own = waiting;
      waiting = [];
      await deliver(week, url, maker, own);
    },
  };
}

async function deliver(week: WeekHall, url: string, maker: Maker, own: readonly Waiting[]): Promise<void> {
  const token = await takeToken(url, maker);
  const outcomes = await terminalAt(url, maker, token).intake(own.map(({ action }) => action));
  const refused = outcomes.filter(({ kind }) => kind !== 'stored');
  if (refused.length > 0) throw new Error(`the hall did not take what a terminal sent: ${JSON.stringify(refused)}`);
  for (const { action, files } of own) {
    for (const [hash, bytes] of files) {
      const status = await uploadBlob(url, token, { case: action.case, hash }, bytes, 1);
      if (status !== 204) throw new Error(`a page was not taken: ${status}`);
    }
  }
  for (const { arrived } of own) arrived(week.clock.now());
}
