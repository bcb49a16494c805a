import type { BlobReference } from '../../../domain/action/payload.ts';
import { PROMISES_SINCE, THUMBNAILS_SINCE } from '../../../domain/contracts/hall.ts';
import type { Refused } from '../../../domain/contracts/refused.ts';
import type { CaseId } from '../../../domain/ids.ts';
import { DEFAULT_SCANS } from '../../../domain/item/types.ts';
import type { PageSource } from '../../../domain/material/trust.ts';
import { err, never, ok, type Result } from '../../../domain/result.ts';
import { fillable } from './filling.ts';
import { done, refuse, type Visit, type Wish } from './visit.ts';

/** A page of 12 megapixels at good quality; a larger one is not from a document camera. */
const MOST_BYTES = 6 * 1024 * 1024;
/** The window aims at 60 KB. A larger thumbnail would hold up those of other cases. */
const MOST_THUMBNAIL_BYTES = 64 * 1024;

/**
 * Seals a captured page into the store. The window has judged blank, blur and darkness; here only what could harm is refused,
 * because a window is not trusted: something that is no JPEG, too large, or for a material the item does not ask for.
 */
export async function addPage(visit: Visit, page: { material: string; image: Uint8Array; thumbnail: Uint8Array; width: number; height: number; from: PageSource }): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state, item } = filling.value;
  if (state.case === null || !item.materials.some(({ key }) => key === page.material)) return refuse({ kind: 'wrong-step' });
  if (page.image.length > MOST_BYTES) return refuse({ kind: 'bad-picture', why: 'too-large' });
  if (page.thumbnail.length > MOST_THUMBNAIL_BYTES) return refuse({ kind: 'bad-picture', why: 'too-large' });
  if (!isJpeg(page.image) || !isJpeg(page.thumbnail)) return refuse({ kind: 'bad-picture', why: 'not-a-picture' });
  const protocol = await visit.hallProtocol();
  // A hall that cannot be told that nobody saw a paper is not given such a page.
  if (protocol < PROMISES_SINCE && (page.from === 'phone' || page.from === 'stick')) return refuse({ kind: 'wrong-step' });
  const most = item.scans ?? DEFAULT_SCANS;
  const taken = state.pages.reduce((sum, { blob: { size, thumbnail } }) => sum + size + (thumbnail?.size ?? 0), 0);
  const bytes = page.image.length + page.thumbnail.length;
  if (state.pages.length >= most.pages || taken + bytes > most.bytes) return refuse({ kind: 'case-full' });
  if (!(await visit.room.takesScan(bytes))) return refuse({ kind: 'no-room-for-scans' });
  const blob = await sealPage(visit, state.case, page.image, 'page');
  if (!blob.ok) return blob;
  const thumbnail = protocol >= THUMBNAILS_SINCE ? await sealPage(visit, state.case, page.thumbnail, 'thumbnail') : null;
  if (thumbnail?.ok === false) {
    await visit.store.blobs.remove(state.case, blob.value.hash);
    return thumbnail;
  }
  const reference = { ...blob.value, ...(thumbnail === null ? {} : { thumbnail: thumbnail.value }), ...(protocol < PROMISES_SINCE ? {} : { from: page.from }) };
  // Whoever has the paper after all need not promise it.
  const promises = state.promises.filter(({ key }) => key !== page.material);
  await visit.change({ pages: [...state.pages, { id: visit.newId(), material: page.material, blob: reference, width: page.width, height: page.height }], promises });
  return done;
}

export async function removePage(visit: Visit, material: string, id: string): Wish {
  const filling = await fillable(visit);
  if (!filling.ok) return filling;
  const { state } = filling.value;
  const gone = state.pages.find((page) => page.id === id && page.material === material);
  if (gone === undefined || state.case === null) return refuse({ kind: 'wrong-step' });
  await visit.change({ pages: state.pages.filter((page) => page !== gone) });
  const { hash, thumbnail } = gone.blob;
  await visit.store.blobs.remove(state.case, hash);
  if (thumbnail !== undefined) await visit.store.blobs.remove(state.case, thumbnail.hash);
  return done;
}

async function sealPage(visit: Visit, id: CaseId, image: Uint8Array, as: 'page' | 'thumbnail'): Promise<Result<BlobReference, Refused>> {
  const sealed = await visit.store.blobs.put(id, image, 'image/jpeg', as);
  if (sealed.ok) return sealed;
  const { kind } = sealed.error;
  switch (kind) {
    case 'store-full':
      return err({ kind });
    case 'too-large':
      return err({ kind: 'bad-picture', why: kind });
    case 'no-case-key':
      throw new Error('a case that is being filled has lost its key');
    default:
      return never(kind);
  }
}

/** A page of this visit, to be shown again. */
export async function openPage(visit: Visit, id: string): Promise<Result<Uint8Array<ArrayBuffer>, Refused>> {
  const state = visit.state();
  if (state === null) return err({ kind: 'no-session' });
  const page = state.pages.find((candidate) => candidate.id === id);
  if (page === undefined || state.case === null) return err({ kind: 'wrong-step' });
  const opened = await visit.store.blobs.open(state.case, page.blob);
  return opened.ok ? ok(new Uint8Array(opened.value)) : err({ kind: 'bad-picture', why: 'not-a-picture' });
}

/** Start and end of a JPEG stream (ISO/IEC 10918-1, SOI and EOI). */
function isJpeg(bytes: Uint8Array): boolean {
  return bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
}
