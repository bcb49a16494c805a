import { type RefObject, useEffect, useState } from 'react';

/** `refused`: the machine does not let us; `missing`: there is no camera; `busy`: something else holds it. */
export type CameraState = 'starting' | 'ready' | 'missing' | 'refused' | 'busy';

/** A document camera's usual best; the camera answers with the nearest it has. */
const WANTED = { width: { ideal: 2592 }, height: { ideal: 1944 } };

/** Shows the document camera in `video` while `active`, and lets go of it afterwards. A camera that is plugged in later is found by `retry`. */
export function useCamera(video: RefObject<HTMLVideoElement | null>, active: boolean): { state: CameraState; retry(): void } {
  const [state, setState] = useState<CameraState>('starting');
  const [tries, setTries] = useState(0);

  useEffect(() => {
    if (!active) return;
    let wanted = true;
    let stream: MediaStream | null = null;
    setState('starting');
    const open = async () => {
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false });
        const element = video.current;
        if (!wanted || element === null) {
          stop(stream);
          return;
        }
        element.srcObject = stream;
        await element.play();
        if (wanted) setState('ready');
      } catch (cause) {
        if (wanted) setState(reasonOf(cause));
      }
    };
    void open();
    return () => {
      wanted = false;
      if (stream !== null) stop(stream);
    };
  }, [video, active, tries]);

  return { state, retry: () => setTries(tries + 1) };
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Names of the Media Capture specification; anything else means that the device did not start. */
function reasonOf(cause: unknown): CameraState {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return 'busy';
}
