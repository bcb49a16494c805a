import { sha256 } from '../../crypto/node.ts';
import type { ConsoleCase } from '../../domain/contracts/cases.ts';
import type { Action } from '../../domain/action/types.ts';
import type { Certificate } from '../../domain/action/payload.ts';
import { processOf } from '../../domain/approval/process.ts';
import { civilDate } from '../../domain/calendar/civil-date.ts';
import { checksDue, identityBlocks } from '../../domain/case/identity.ts';
import type { CaseState } from '../../domain/case/types.ts';
import { type Applicant, isPerson } from '../../domain/identity/applicant.ts';
import type { CaseId } from '../../domain/ids.ts';
import { buildCertificate } from '../../domain/item/certificate.ts';
import { legalName } from '../../domain/item/form.ts';
import type { Item } from '../../domain/item/types.ts';
import { promiseText } from '../../domain/material/promises.ts';
import { may } from '../../domain/staff/rights.ts';
import { itemsByReference } from '../catalogue/items.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { duplicatesOf } from './duplicates.ts';
import { filesHere, namedFiles } from './files.ts';
import { caseVisits } from '../queue/case-visits.ts';
import { inboxRows } from './inbox.ts';
import { withinScope } from './scope.ts';

/** Everything of a case that the console shows, or null. Scans are not among it: they are read page by page. */
export async function openCase(ground: Ground, id: CaseId, { scope, role }: Pick<Staff, 'scope' | 'role'>): Promise<ConsoleCase | null> {
  const { division } = ground;
  const { read } = ground.db;
  const row = await read.selectFrom('case_view').selectAll('case_view').where('division', '=', division).where('id', '=', id).where(withinScope(scope)).executeTakeFirst();
  if (row === undefined) return null;
  const [inboxRow] = await inboxRows(ground, [row]);
  const item = (await itemsByReference(read, division, [{ code: row.item_code, version: row.item_version }])).get(`${row.item_code}@${row.item_version}`);
  if (inboxRow === undefined || item === undefined) throw new Error('a case names an item that is not there');
  const state = JSON.parse(row.state) as CaseState;
  const actions = await read.selectFrom('action').select('body').where('division', '=', division).where('case_id', '=', id).where('case_position', 'is not', null).orderBy('case_position').execute();
  return {
    row: inboxRow,
    item,
    applicant: applicantOf(state),
    ...partiesOf(state, item),
    form: state.form,
    situation: state.handedIn.situation ?? null,
    materials: state.materials,
    here: await blobsHere(ground, id),
    promises: promisesOf(state, item),
    signature: state.handedIn.signature.image?.hash ?? null,
    correction: state.correction?.asks ?? [],
    certificate: state.certificate,
    actions: actions.map(({ body }) => JSON.parse(body) as Action),
    visits: await caseVisits(ground, read, { id, machine: row.machine }),
    ratedLevel: state.rating?.level ?? null,
    proposed: await proposedCertificate(ground, item, state),
    own: may(role, 'review') ? processOf(item).tasks.filter(({ department }) => scope.departments?.includes(department) ?? true).map(({ key }) => key) : [],
    duplicates: await duplicatesOf(ground, row, scope),
  };
}

/** Hashes of the case's sealed files that are here. */
export async function blobsHere(ground: Ground, id: CaseId): Promise<string[]> {
  const { db: { read }, division } = ground;
  const hashes = ((await namedFiles(read, division, [id])).get(id) ?? []).map(({ hash }) => hash);
  return [...await filesHere(read, division, hashes)];
}

function promisesOf({ promises = [] }: CaseState, item: Item): ConsoleCase['promises'] {
  return promises.map((promise) => {
    const text = promiseText(item, promise);
    return { key: promise.key, kind: promise.kind, by: promise.kind === 'deferral' ? promise.by : null, agreedAt: promise.agreedAt, text: text ?? '', genuine: text !== null && sha256(text) === promise.shownText };
  });
}

function applicantOf(state: CaseState): ConsoleCase['applicant'] {
  const { applicant, assurance, phone } = state.handedIn;
  return {
    name: legalName(applicant), number: applicant.number, birth: isPerson(applicant) ? applicant.birth : null, sex: isPerson(applicant) ? applicant.sex : '', card: applicant.card,
    address: 'address' in applicant ? applicant.address : '', assurance, phone,
  };
}

/** Who acted, who applies together, and what of it a window has to look at. */
function partiesOf(state: CaseState, item: Item): Pick<ConsoleCase, 'representative' | 'acting' | 'together' | 'identity'> {
  const { applicant, acting, together = [] } = state.handedIn;
  const party = (one: Applicant) => ({ name: legalName(one), number: one.number, card: one.card });
  const people: Readonly<Record<string, Applicant | undefined>> = { applicant, acting: acting?.person, ...Object.fromEntries(together.map((one, index) => [`together-${index + 1}`, one])) };
  return {
    representative: isPerson(applicant) ? null : applicant.representative,
    acting: acting === undefined ? null : { ...party(acting.person), way: acting.way },
    together: together.map(party),
    identity: {
      blocks: identityBlocks(state, item),
      checks: checksDue(state).map(({ party: key, why, said }) => ({
        party: key, why, name: legalName(people[key] ?? applicant), number: people[key]?.number ?? '',
        said: said === null ? null : { outcome: said.outcome, words: said.words, on: said.on, by: said.by },
      })),
    },
  };
}

/** The counter that certificates of an item take their serial from: one for each issuing body and kind, never reset. */
export function certificateCounter(item: Item): string {
  return `certificate/${item.body.creditCode}/${item.result.template ?? ''}`;
}

/** What would be issued now. Its number is only looked ahead at: another case may take it first. */
async function proposedCertificate(ground: Ground, item: Item, state: CaseState): Promise<Certificate | null> {
  if (state.stage !== 'accepted' && state.stage !== 'decided') return null;
  const counter = await ground.db.read.selectFrom('counter').select('value').where('division', '=', ground.division).where('name', '=', certificateCounter(item)).executeTakeFirst();
  const built = buildCertificate(item, state, { serial: (counter?.value ?? 0) + 1, issuedOn: civilDate(ground.clock.now()) });
  return built.ok ? built.value : null;
}
