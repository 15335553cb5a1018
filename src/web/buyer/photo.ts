import { Decoder, pixelsOf } from './decoder.ts';

/** A file that is no picture, as far as this browser can tell. */
export class NoPicture extends Error {
  override readonly name = 'NoPicture';
}

/** Longer sides to try, in pixels: a label may fill the photo, or be a small part of it. */
const SIDES = [1_200, 3_000] as const;

/** What the code in a photo says; null where no code is found. @throws NoPicture */
export async function codeInPhoto(file: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new NoPicture();
  });
  const decoder = new Decoder();
  const { width, height } = bitmap;
  try {
    for (const side of SIDES) {
      const text = await decoder.read(pixelsOf({ source: bitmap, width, height }, side), 'photo');
      if (text !== null || Math.max(width, height) <= side) return text;
    }
    return null;
  } finally {
    decoder.close();
    bitmap.close();
  }
}
