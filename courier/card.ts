import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { verifier } from '../crypto/node.ts';
import { HallCard, hallCardText, isGenuineCard, type StickFault } from '../domain/contracts/courier.ts';
import type { ActionSigner } from '../domain/action/types.ts';
import type { HallKeys } from '../domain/contracts/hall.ts';
import type { Result } from '../domain/result.ts';
import { cardFileName, courierFolder, createFile, filesOn, onStick, openToRead, syncFolder } from './stick.ts';

/** A card is under a kilobyte. */
const MOST_BYTES = 8192;

export function makeCard(name: string, keys: HallKeys, signer: ActionSigner): HallCard {
  return { format: 'jinban-hall-card-1', name, keys, signature: signer.sign(signer.sha256(hallCardText({ name, keys }))) };
}

export function writeCard(stick: string, card: HallCard): Promise<Result<null, { kind: StickFault }>> {
  return onStick(async () => {
    const folder = await courierFolder(stick);
    const path = join(folder, cardFileName(card.keys.hall));
    const handle = await createFile(`${path}.part`);
    try {
      await handle.writeFile(JSON.stringify(card));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${path}.part`, path);
    await syncFolder(folder);
    return null;
  });
}

/** The whole cards on a stick. Which of them is the right hall's, only people can say. */
export async function readCards(stick: string): Promise<Result<HallCard[], { kind: StickFault }>> {
  return onStick(async () => {
    const cards: HallCard[] = [];
    for (const path of await filesOn(stick, '.json')) {
      const handle = await openToRead(path);
      try {
        const { size } = await handle.stat();
        const card = size > MOST_BYTES ? null : HallCard.safeParse(parseJson(await readFile(handle, 'utf8')));
        if (card?.success === true && isGenuineCard(card.data, verifier)) cards.push(card.data);
      } finally {
        await handle.close();
      }
    }
    return cards;
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
