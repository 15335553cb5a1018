import { Button, FileButton, Group, Loader, Stack } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Notice } from '../components/Notice.tsx';
import { useT } from '../i18n/i18n.ts';
import type { CameraTrouble } from './camera.ts';

/** Loaded once somebody scans: the reader of codes is nothing that the page needs to be seen. */
const Scanner = lazy(async () => ({ default: (await import('./Scanner.tsx')).Scanner }));

type Trouble = CameraTrouble | 'noCode' | 'noPicture' | 'broke';

/** A code from the camera, or from a photo. */
export function ScanCode({ onText }: { onText: (text: string) => void }) {
  const t = useT('buyer');
  const [isScanning, setScanning] = useState(false);
  const [isReading, setReading] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const scan = () => {
    setTrouble(null);
    setScanning(true);
  };
  const done = (text: string) => {
    setScanning(false);
    onText(text);
  };
  const stopped = (why: CameraTrouble | null) => {
    setScanning(false);
    setTrouble(why);
  };
  const readPhoto = async (file: File | null) => {
    if (!file) return;
    setScanning(false);
    setReading(true);
    const found = await read(file);
    setReading(false);
    setTrouble('trouble' in found ? found.trouble : null);
    if ('text' in found) onText(found.text);
  };
  return (
    <Stack gap="sm">
      {isScanning && (
        <Suspense fallback={<Loader aria-label={t('common:loading')} />}>
          <Scanner onText={done} onStop={() => stopped(null)} onTrouble={stopped} />
        </Suspense>
      )}
      <Group>
        <Button size="lg" onClick={scan} disabled={isScanning}>
          {t('scan')}
        </Button>
        <FileButton accept="image/*" onChange={(file) => void readPhoto(file)}>
          {(props) => (
            <Button {...props} size="lg" variant="default" loading={isReading}>
              {t('photo')}
            </Button>
          )}
        </FileButton>
      </Group>
      {trouble && (
        <Notice tone="unknown" title={t(`trouble.${trouble}`)}>
          {t(`trouble.${trouble}Text`)}
        </Notice>
      )}
    </Stack>
  );
}

async function read(file: File): Promise<{ text: string } | { trouble: Trouble }> {
  try {
    const { codeInPhoto } = await import('./photo.ts');
    const text = await codeInPhoto(file);
    return text === null ? { trouble: 'noCode' } : { text };
  } catch (error) {
    return { trouble: (error as Error).name === 'NoPicture' ? 'noPicture' : 'broke' };
  }
}
