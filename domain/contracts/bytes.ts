/**
 * How bytes cross a MessagePort: the RPC codec knows dates, maps and files but no `Uint8Array`, so both ends of a road give it this.
 * Base64, since the codec's messages are text.
 */
const CHUNK = 0x8000;

export const bytesSerializer = {
  /** Any number the codec does not use itself (it keeps 0 … 20). */
  type: 40,
  condition: (data: unknown): boolean => data instanceof Uint8Array,
  serialize(data: unknown): unknown {
    const bytes = data as Uint8Array;
    let text = '';
    for (let start = 0; start < bytes.length; start += CHUNK) text += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
    return btoa(text);
  },
  deserialize(data: unknown): unknown {
    const text = atob(String(data));
    const bytes = new Uint8Array(text.length);
    for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index);
    return bytes;
  },
};
