import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { bytesSerializer } from '../../../domain/contracts/bytes.ts';
import type { quarantineContract } from '../../../domain/contracts/quarantine.ts';
import '../../../renderer/quarantine/main.ts';

declare global {
  interface Window {
    /** Core's end: the sizes of a file's pages, or why there are none. */
    decodeFor(type: 'jpeg' | 'png' | 'pdf', base64: string): Promise<string>;
  }
}

const { port1, port2 } = new MessageChannel();
window.postMessage('jinban:core-port', window.location.origin, [port2]);
const client: ContractRouterClient<typeof quarantineContract> = createORPCClient(new RPCLink({ port: port1, customJsonSerializers: [bytesSerializer] }));
port1.start();

window.decodeFor = async (type, base64) => {
  const answer = await client.decode({ type, bytes: Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)) });
  if (!answer.ok) return answer.error.kind;
  const sizes = await Promise.all(answer.value.map(async (page) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(page)], { type: 'image/jpeg' }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const pen = canvas.getContext('2d');
    pen?.drawImage(bitmap, 0, 0);
    const dark = pen?.getImageData(0, 0, bitmap.width, bitmap.height).data.filter((value, at) => at % 4 === 1 && value < 128).length ?? 0;
    return `${bitmap.width}x${bitmap.height}${dark > 0 ? '' : ' blank'}`;
  }));
  return sizes.join(', ');
};
