import decodeQR from 'qr/decode.js';
import type { Answer, Question } from './decoder.ts';

/** Milliseconds for retries: between two frames of a camera there are more to come, a photo is the only one. */
const PATIENCE = { frame: 60, photo: 3_000 } as const;
const EFFORT = { frame: 2, photo: Number.POSITIVE_INFINITY } as const;

self.addEventListener('message', ({ data: { id, image, from } }: MessageEvent<Question>) => {
  self.postMessage({ id, text: textIn(image, from) } satisfies Answer);
});

function textIn(image: ImageData, from: Question['from']): string | null {
  try {
    return decodeQR(image, { effort: EFFORT[from], timeLimit: PATIENCE[from] });
  } catch {
    // It throws where there is no code, which is no error here.
    return null;
  }
}
