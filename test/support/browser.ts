import { type Browser, chromium as playwright } from 'playwright-core';

// The package's own list is for Lambda: one process for all, and no web security.
const ARGS = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A real Chromium, from an npm package that holds the browser, with the shared libraries that a bare machine lacks.
 * Close it when done. @param args more of the browser's own switches
 */
export async function openBrowser(args: readonly string[] = []): Promise<Browser> {
  // The package unpacks those libraries only where it believes to be on Lambda.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs24.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  return playwright.launch({ executablePath, args: [...ARGS, ...args], headless: true });
}
