import { unseal } from '../../crypto/seal.ts';
import { recordingContext } from '../../domain/contracts/letters.ts';
import { MessageAudio } from '../../domain/contracts/messages.ts';
import type { Hash } from '../../domain/ids.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { BlobStore } from '../blobs/store.ts';
import type { Ground } from '../ground.ts';
import type { Staff } from '../identity/accounts.ts';
import { openText } from '../identity/sealed-text.ts';
import { reachedMessage } from './list.ts';

/** WebM with Opus, as Chromium's MediaRecorder makes it. */
export const RECORDING_TYPE = 'audio/webm';

/** Opens a message's recording, in memory only. `not-here`: on its way. */
export async function openRecording(ground: Ground, store: BlobStore, staff: Staff, id: string): Promise<Result<{ hash: Hash; bytes: Uint8Array }, { kind: 'unknown' | 'not-here' | 'cannot-open' }>> {
  const row = await reachedMessage(ground.db.read, ground, staff, id);
  if (row?.audio == null || row.audio_key === null) return err({ kind: 'unknown' });
  const { hash } = MessageAudio.parse(JSON.parse(row.audio));
  const sealed = await store.read(hash);
  if (sealed === null) return err({ kind: 'not-here' });
  const key = Buffer.from(openText(ground, 'messages', `message/${id}/audio`, row.audio_key), 'base64');
  const opened = unseal(key, recordingContext(id), sealed);
  return opened.ok ? ok({ hash, bytes: opened.value }) : opened;
}
