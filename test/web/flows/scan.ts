import { writeFile } from 'node:fs/promises';
import { create } from 'qrcode';
import type { Reader } from './reader.ts';

/** Switches for a browser whose camera shows what is in a file, read anew whenever it is opened. Nobody asks to allow it. */
export function cameraArgs(file: string): string[] {
  const capture = [`--use-file-for-fake-video-capture=${file}`, '--use-fake-device-for-media-stream'];
  return [...capture, '--use-fake-ui-for-media-stream'];
}

const [WIDTH, HEIGHT] = [640, 480];
/** Pixels of a module: the code is then about a third of the picture wide. */
const MODULE = 6;

/** Holds a code before the camera: a video of two frames (YUV4MPEG2, 4:2:0), grey with the code in its middle. */
export async function showToCamera(file: string, text: string): Promise<void> {
  const { size, data } = create(text, { errorCorrectionLevel: 'M' }).modules;
  const light = Buffer.alloc(WIDTH * HEIGHT, 180);
  const [left, top] = [(WIDTH - size * MODULE) / 2, (HEIGHT - size * MODULE) / 2].map(Math.floor);
  for (let y = -4 * MODULE; y < (size + 4) * MODULE; y += 1)
    for (let x = -4 * MODULE; x < (size + 4) * MODULE; x += 1) {
      const [row, column] = [Math.floor(y / MODULE), Math.floor(x / MODULE)];
      const isInside = row >= 0 && row < size && column >= 0 && column < size;
      const place = ((top ?? 0) + y) * WIDTH + (left ?? 0) + x;
      light[place] = isInside && data[row * size + column] ? 20 : 235;
    }
  const frame = Buffer.concat([Buffer.from('FRAME\n'), light, Buffer.alloc((WIDTH * HEIGHT) / 2, 128)]);
  const head = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F10:1 Ip A1:1 C420jpeg\n`);
  await writeFile(file, Buffer.concat([head, frame, frame]));
}

/** Scans what the camera sees, reads the certificate, and has it checked. @returns the taps that it took */
export async function scanAndCheck(reader: Reader): Promise<number> {
  await reader.goto('/buyer');
  reader.clicks = 0;
  await reader.look('buyer');
  await reader.click(reader.button(reader.says('buyer:scan')));
  await reader.page.waitForURL('**/lots/0x*');
  await reader.page.locator('#verdict').waitFor();
  await reader.look('certificate');
  await reader.click(reader.button(reader.says('certificate:check.start')));
  await reader.page.getByText(reader.says('check:holds'), { exact: true }).waitFor();
  await reader.look('checked');
  return reader.clicks;
}

/** Gives the page a photo, on its page for buyers. */
export async function readPhoto(reader: Reader, photo: Buffer, mimeType = 'image/png'): Promise<void> {
  await reader.page.locator('input[type=file]').setInputFiles({ name: 'label', mimeType, buffer: photo });
}
