/** Why there is no picture from a camera. `insecure`: browsers give pages none over plain http. */
export type CameraTrouble = 'denied' | 'none' | 'busy' | 'insecure' | 'unknown';

const TROUBLES: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'none',
  OverconstrainedError: 'none',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** What went wrong, of what `openCamera` threw. */
export function troubleOf(error: unknown): CameraTrouble {
  if (!isSecureContext) return 'insecure';
  return (error instanceof Error && TROUBLES[error.name]) || 'unknown';
}

/** The camera at the back where there are two, or the one that is named. */
export async function openCamera(device: string | null): Promise<MediaStream> {
  const which = device === null ? { facingMode: { ideal: 'environment' } } : { deviceId: { exact: device } };
  return navigator.mediaDevices.getUserMedia({
    video: { ...which, width: { ideal: 1280 }, height: { ideal: 720 } },
    audio: false,
  });
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** The camera after the one in use; null where there is but one. */
export async function otherCamera(stream: MediaStream): Promise<string | null> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const ids = devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId }) => deviceId);
  const used = stream.getVideoTracks()[0]?.getSettings().deviceId ?? '';
  return ids.length < 2 ? null : (ids[(ids.indexOf(used) + 1) % ids.length] ?? null);
}
