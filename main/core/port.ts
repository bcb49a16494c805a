/** What core needs of a MessagePort: Electron's `MessagePortMain` and Node's own both are one, so core also runs without Electron. */
export type Port = {
  postMessage(data: unknown): void;
  on(event: 'message', listener: (event?: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
};
