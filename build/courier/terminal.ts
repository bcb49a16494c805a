import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { terminalCourierKey } from '../../courier/age.ts';
import { refusedWords, stickWords } from '../../courier/words.ts';
import { createSigner } from '../../crypto/node.ts';
import type { TerminalConfig } from '../../domain/contracts/terminal-config.ts';
import { storeFileOf } from '../../main/core/core.ts';
import { localKeepers } from '../../main/core/keys/keepers.ts';
import { keyMend } from '../../main/core/keys/keys.ts';
import { openKeysBeside } from '../../main/core/keys/rotation.ts';
import { bootId, systemClock } from '../../main/core/system.ts';
import { isFileInUse } from '../../sync/store/index.ts';
import { openTerminalStore } from '../../sync/terminal-store/index.ts';
import { type CourierParts, exportParcel } from '../../sync/transport/courier/export.ts';
import { importParcels } from '../../sync/transport/courier/import.ts';
import { keepCard } from '../../sync/transport/courier/state.ts';
import { stop } from '../say.ts';

/** Puts what waits on the stick. @returns the exit code */
export function exportFromTerminal(config: TerminalConfig, stick: string): Promise<number> {
  return withTerminal(config, async (parts) => {
    const made = await exportParcel(parts, { stick });
    if (made.ok) {
      const { serial, actions, blobs, left, files } = made.value;
      const rest = left === 0 ? '' : ` ${left} pages found no room: carry this stick, then export again.`;
      process.stdout.write(`Parcel ${serial}: ${actions} entries, ${blobs} pages, in ${files} ${files === 1 ? 'file' : 'files'}.${rest}\n`);
      return 0;
    }
    switch (made.error.kind) {
      case 'no-hall':
        return refuse('This terminal knows no hall yet: import the hall\'s card first.');
      case 'no-code':
        return refuse('This terminal has no enrolment code: put the one that county IT made into terminal.yaml as enrolmentCode.');
      default:
        return refuse(stickWords(made.error.kind, stick));
    }
  });
}

/** Takes what the hall sent. @param compared the fingerprint that a person read at the hall, or null */
export function importAtTerminal(config: TerminalConfig, stick: string, compared: string | null): Promise<number> {
  return withTerminal(config, async (parts) => {
    const taken = await importParcels(parts, stick);
    if (taken.ok) {
      const { did, repeated, refused, enrolled } = taken.value;
      if (enrolled) process.stdout.write('Enrolled: this terminal is bound to its hall.\n');
      if (taken.value.taken > 0) process.stdout.write(`${did.acknowledged} entries acknowledged, ${did.keptAside} kept aside, ${did.blobs} pages arrived, ${did.hallActions} decisions, ${did.items} items, ${did.leases} number blocks.\n`);
      if (repeated > 0) process.stdout.write(`${repeated} taken before; nothing changed.\n`);
      for (const line of refusedWords(refused, taken.value.taken + repeated > 0)) process.stdout.write(`${line}\n`);
      if (taken.value.taken + repeated + refused.size === 0) process.stdout.write('There is nothing for this terminal on the stick.\n');
      return 0;
    }
    switch (taken.error.kind) {
      case 'no-hall':
        return refuse('This terminal knows no hall yet and there is no hall\'s card on the stick: let the hall export one.');
      case 'compare-card': {
        const same = taken.error.cards.find(({ fingerprint }) => letters(fingerprint) === letters(compared ?? ''));
        if (same !== undefined) {
          await keepCard(parts.store, same.card);
          process.stdout.write(`The card of hall ${same.card.keys.hall} is taken. Now export, and carry the stick to the hall.\n`);
          return 0;
        }
        for (const { card, fingerprint } of taken.error.cards) process.stdout.write(`Card of hall ${card.keys.hall}, ${card.name}: ${fingerprint}\n`);
        return refuse(compared === null
          ? 'Compare the fingerprint with what the hall shows, then import again with --hall "FINGERPRINT".'
          : 'No card on the stick has this fingerprint: do not use the stick, and ask the hall.');
      }
      default:
        return refuse(stickWords(taken.error.kind, stick));
    }
  });
}

/** Fingerprints are read aloud and typed: only letters and digits count. */
function letters(fingerprint: string): string {
  return fingerprint.toLowerCase().replace(/[^0-9a-f]/g, '');
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}

async function withTerminal(config: TerminalConfig, work: (parts: CourierParts & { log(): void }) => Promise<number>): Promise<number> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const file = storeFileOf(config);
  const keys = await openKeysBeside({ folder: config.data, file, nativeBinding: null }, localKeepers(config.keys.keeper));
  if (!keys.ok) stop(`the keys do not open: ${keys.error.kind}.`, `${keyMend(keys.error)}.`);
  if (isFileInUse({ path: file, key: keys.value.store, nativeBinding: null })) stop('the terminal is running.', 'Use its caretaker\'s screen, or stop it first.');
  const signer = createSigner(config.machine, keys.value.signing.privateKey);
  const random = (count: number) => new Uint8Array(randomBytes(count));
  const opened = await openTerminalStore({ file, key: keys.value.store, nativeBinding: null, signer, clock: systemClock, boot: bootId(), random });
  if (!opened.ok) stop(`the terminal's store does not open (${opened.error.kind}).`, './jinban doctor --config FILE says more.');
  const store = opened.value;
  try {
    return await work({ store, signer, key: terminalCourierKey(keys.value.store), enrolment: { publicKey: keys.value.signing.publicKey, code: config.enrolmentCode }, clock: systemClock, random, log: () => undefined });
  } finally {
    await store.close();
  }
}
