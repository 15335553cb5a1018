/** `image`: RGBA. `from`: how much time it may take. */
export type Question = {
  readonly id: number;
  readonly image: ImageData;
  readonly from: 'frame' | 'photo';
};
export type Answer = { readonly id: number; readonly text: string | null };

/** Reads QR codes in a worker, so that the page stays quick. */
export class Decoder {
  readonly #worker = new Worker(new URL('./decode-worker.ts', import.meta.url), { type: 'module' });
  #asked = 0;

  /** What the first code in the image says; null where there is none. The image's pixels are gone afterwards. */
  read(image: ImageData, from: Question['from']): Promise<string | null> {
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      const over = new AbortController();
      const { signal } = over;
      const onAnswer = ({ data }: MessageEvent<Answer>) => {
        if (data.id !== id) return;
        over.abort();
        resolve(data.text);
      };
      const onError = (event: ErrorEvent) => {
        over.abort();
        reject(new Error(event.message || 'The reader of codes did not load'));
      };
      this.#worker.addEventListener('message', onAnswer, { signal });
      this.#worker.addEventListener('error', onError, { signal });
      this.#worker.postMessage({ id, image, from } satisfies Question, [image.data.buffer]);
    });
  }

  close(): void {
    this.#worker.terminate();
  }
}

type Picture = { readonly source: CanvasImageSource; readonly width: number; readonly height: number };

/** The pixels of a picture, made smaller where its longer side has more than `most`. */
export function pixelsOf({ source, width, height }: Picture, most: number): ImageData {
  const scale = Math.min(1, most / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser gives no canvas to read pictures with');
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
