/**
 * What the window may take from the machine's camera and microphone: the picture always, for the document camera; sound only while core says that the visit stands at
 * writing a message, which may be spoken.
 */
export type MediaRule = {
  allows(kind: string): boolean;
  /** Takes core's word about the microphone; other messages of it are none of this rule's. */
  hear(message: unknown): void;
  close(): void;
};

export function createMediaRule(): MediaRule {
  let microphone = false;
  return {
    allows: (kind) => kind === 'video' || (kind === 'audio' && microphone),
    hear(message) {
      if (typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'microphone') microphone = 'open' in message && message.open === true;
    },
    close() {
      microphone = false;
    },
  };
}
