import { build } from 'vite';
import type { BundleResult } from '../../src/verification/bundle/verify.ts';
import { openBrowser } from '../../test/support/browser.ts';
import type { Measured } from './page.ts';

/** The verifier on a page of a real browser that has no network. */
export type PageVerifier = {
  verify(text: string): Promise<BundleResult>;
  measure(text: string, runs: number): Promise<Measured[]>;
  close(): Promise<void>;
};

type Verifier = { verifyText(text: string): BundleResult; measureText(text: string): Measured };
declare const LodebookVerifier: Verifier;

export async function openPageVerifier(): Promise<PageVerifier> {
  const script = await scriptOf(`${import.meta.dirname}/page.ts`);
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    page.setDefaultTimeout(0);
    await page.addScriptTag({ content: script });
    return {
      verify: (text) => page.evaluate((given) => LodebookVerifier.verifyText(given), text),
      measure: async (text, runs) => {
        const measured: Measured[] = [];
        for (let run = 0; run < runs; run += 1)
          measured.push(await page.evaluate((given) => LodebookVerifier.measureText(given), text));
        return measured;
      },
      close: () => browser.close(),
    };
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** A module with all that it imports, as one script. */
async function scriptOf(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'LodebookVerifier' } },
  });
  const [output] = Array.isArray(built) ? built : [built];
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`Nothing was built of ${entry}`);
  return chunk.code;
}
