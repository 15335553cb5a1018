import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useT } from '../i18n/i18n.ts';
import { type CameraTrouble, closeCamera, openCamera, otherCamera, troubleOf } from './camera.ts';
import { Decoder, pixelsOf } from './decoder.ts';

type Props = {
  /** Called once, with what the first code says. */
  readonly onText: (text: string) => void;
  readonly onStop: () => void;
  readonly onTrouble: (trouble: CameraTrouble) => void;
};

/** The camera's picture, looked at until there is a code in it. */
export function Scanner({ onText, onStop, onTrouble }: Props) {
  const t = useT('buyer');
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef({ onText, onTrouble });
  told.current = { onText, onTrouble };
  const [device, setDevice] = useState<string | null>(null);
  const [other, setOther] = useState<string | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const { current: place } = video;
    if (place)
      scan(place, { device, onOther: setOther, signal: leaving.signal }).then(
        (text) => text !== null && told.current.onText(text),
        (error) => leaving.signal.aborted || told.current.onTrouble(troubleOf(error)),
      );
    return () => leaving.abort();
  }, [device]);
  return (
    <Stack gap="xs">
      <video ref={video} className="viewfinder" playsInline muted aria-label={t('camera.picture')} />
      <Text size="sm" role="status">
        {t('camera.looking')}
      </Text>
      <Group>
        <Button variant="default" onClick={onStop}>
          {t('camera.stop')}
        </Button>
        {other !== null && (
          <Button variant="default" onClick={() => setDevice(other)}>
            {t('camera.other')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

type Scan = {
  readonly device: string | null;
  readonly onOther: (device: string | null) => void;
  readonly signal: AbortSignal;
};

/** Frames are read at this many pixels of their longer side: enough for a label that fills a third of the picture. */
const SIDE = 960;
/** Between two frames, for the page and the battery. */
const PAUSE_MS = 80;

/** Null once nobody waits for it any more. */
async function scan(video: HTMLVideoElement, { device, onOther, signal }: Scan): Promise<string | null> {
  const stream = await openCamera(device);
  const decoder = new Decoder();
  try {
    if (signal.aborted) return null;
    video.srcObject = stream;
    await video.play();
    onOther(await otherCamera(stream));
    while (!signal.aborted) {
      const { videoWidth: width, videoHeight: height } = video;
      const text =
        width > 0 && (await decoder.read(pixelsOf({ source: video, width, height }, SIDE), 'frame'));
      if (text && !signal.aborted) return text;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    return null;
  } finally {
    decoder.close();
    closeCamera(stream);
  }
}
