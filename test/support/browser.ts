import { type Browser, chromium as playwright } from 'playwright-core';

const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * A real Chromium, from an npm package that holds the browser, with the shared libraries that a bare machine lacks.
 * Close it when done.
 */
export async function openBrowser(): Promise<Browser> {
  // The package unpacks those libraries only where it believes to be on Lambda.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs24.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  const args = [...chromium.args, ...QUIET];
  return playwright.launch({ executablePath, args, headless: true });
}
