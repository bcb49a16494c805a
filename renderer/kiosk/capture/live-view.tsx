import { type ReactNode, useEffect, useRef } from 'react';

/** Why there is no picture. `refused`: the machine does not let us; `missing`: there is no camera; `busy`: it did not start. */
export type CameraFault = 'missing' | 'refused' | 'busy';

/** A document camera's usual best; the camera answers with the nearest it has. */
const WANTED = { width: { ideal: 2592 }, height: { ideal: 1944 } };

/**
 * What the document camera sees now. The camera is held for as long as this is on the screen and not longer.
 * `onLive` hands out the playing video, from which a picture can be frozen.
 */
export function LiveView(props: { label: string; onLive(video: HTMLVideoElement): void; onFault(fault: CameraFault): void }): ReactNode {
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(props.onFault);
  useEffect(() => {
    tell.current = props.onFault;
  });

  useEffect(() => {
    let wanted = true;
    let stream: MediaStream | null = null;
    navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false }).then(
      (opened) => {
        if (!wanted || video.current === null) return stop(opened);
        stream = opened;
        video.current.srcObject = opened;
        // A camera that is pulled out ends its track.
        for (const track of opened.getTracks()) track.addEventListener('ended', () => (wanted ? tell.current('busy') : undefined));
      },
      (cause: unknown) => (wanted ? tell.current(faultOf(cause)) : undefined),
    );
    return () => {
      wanted = false;
      if (stream !== null) stop(stream);
    };
  }, []);

  return <video ref={video} autoPlay muted playsInline aria-label={props.label} onPlaying={(event) => props.onLive(event.currentTarget)} />;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Names of the Media Capture specification; anything else means that the device did not start. */
function faultOf(cause: unknown): CameraFault {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return 'busy';
}
