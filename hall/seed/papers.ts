/**
 * Sealed pages of made-up cases. With `scans` each page is a real picture under its case's own key, which the console opens as it opens any; without, a case of 200 000 would
 * take the disk of all the others, so only names and sizes of pages are made.
 *
 * Everything is derived from the hall's own key and the seed: telling the story again gives the same bytes, and nobody without that key can make them.
 */
import { createHmac } from 'node:crypto';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { sha256Bytes, sha256 } from '../../crypto/node.ts';
import { sealWith, wrapKeyWith } from '../../crypto/seal.ts';
import type { BlobReference } from '../../domain/action/payload.ts';
import type { CaseId, Hash } from '../../domain/ids.ts';
import type { Paper } from '../../domain/seed/form.ts';
import type { Envelope } from '../../domain/seed/world.ts';
import type { HallKeyRing } from '../identity/keys.ts';

/** 32 bytes for one purpose. */
export type Derive = (purpose: string) => Buffer;

export function deriveFrom(keys: HallKeyRing, seed: number): Derive {
  return (purpose) => createHmac('sha256', Buffer.from(keys.signing.privateKey, 'base64')).update(`jinban-seed-1/${seed}/${purpose}`).digest();
}

/** Sealed files that were named and are not yet on disk, by hash. */
export type Papers = { paperOf(id: CaseId): Paper; envelopeOf(id: CaseId): Envelope; made: Map<Hash, Uint8Array> };

/** What a page weighs when it is not really made. */
const LIGHT_PAGE = 180_000;
const LIGHT_SIGNATURE = 6_000;

export function createPapers(keys: HallKeyRing, derive: Derive, scans: boolean): Papers {
  const made = new Map<Hash, Uint8Array>();
  const pictures = new Map<BlobReference['mediaType'], Uint8Array>();

  function pictureOf(mediaType: BlobReference['mediaType']): Uint8Array {
    const picture = pictures.get(mediaType) ?? drawSample(mediaType);
    pictures.set(mediaType, picture);
    return picture;
  }

  const paperOf = (id: CaseId): Paper => (label, mediaType) => {
    if (!scans) return { hash: sha256(`${id}/${label}`), size: label === SIGNATURE ? LIGHT_SIGNATURE : LIGHT_PAGE, mediaType };
    const sealed = sealWith(derive(`nonce/${id}/${label}`).subarray(0, 12), derive(`key/${id}`), id, pictureOf(mediaType));
    const hash = sha256Bytes(sealed);
    made.set(hash, sealed);
    return { hash, size: sealed.length, mediaType };
  };
  return {
    made, paperOf,
    envelopeOf(id) {
      const signature = paperOf(id)(SIGNATURE, 'image/png');
      if (!scans) return { signature, caseKey: NO_KEY };
      const caseKey = wrapKeyWith({ privateKey: derive(`ephemeral/${id}`).toString('base64'), nonce: derive(`wrap/${id}`).subarray(0, 12) }, keys.wrapping.publicKey, id, derive(`key/${id}`));
      return { signature, caseKey };
    },
  };
}

const SIGNATURE = 'signature';
/** Of a case whose pages were not made: it has the shape of a key and opens nothing. */
const NO_KEY: Envelope['caseKey'] = { ephemeral: Buffer.alloc(32).toString('base64'), sealed: Buffer.alloc(63).toString('base64') };

const FONT = 'jinban-seed';

/** A page that says what it is, or a hand's stroke for a signature. */
function drawSample(mediaType: BlobReference['mediaType']): Uint8Array {
  if (!GlobalFonts.has(FONT)) GlobalFonts.registerFromPath(new URL('../../node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf', import.meta.url).pathname, FONT);
  if (mediaType === 'image/png') {
    const canvas = createCanvas(320, 120);
    const draw = canvas.getContext('2d');
    draw.lineWidth = 4;
    draw.beginPath();
    draw.moveTo(20, 80);
    draw.bezierCurveTo(80, -20, 110, 160, 160, 60);
    draw.bezierCurveTo(200, 0, 230, 120, 300, 50);
    draw.stroke();
    return canvas.toBuffer('image/png');
  }
  const canvas = createCanvas(620, 877);
  const draw = canvas.getContext('2d');
  draw.fillStyle = '#fdfcf8';
  draw.fillRect(0, 0, 620, 877);
  draw.fillStyle = '#222';
  draw.textAlign = 'center';
  draw.font = `40px ${FONT}`;
  draw.fillText('练习样张', 310, 110);
  draw.font = `20px ${FONT}`;
  draw.fillText('虚构人员的虚构材料，不作任何证明', 310, 160);
  draw.fillStyle = '#999';
  for (let line = 0; line < 18; line += 1) draw.fillRect(70, 220 + line * 34, 300 + ((line * 97) % 180), 6);
  return canvas.toBuffer('image/jpeg', 60);
}
