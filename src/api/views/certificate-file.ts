import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hex } from '../../protocol/hex.ts';
import { BUNDLE_END, BUNDLE_START, jsonInHtml } from '../../verification/bundle/html.ts';
import { ProblemError } from '../problems.ts';

/** What a certificate file is made of beside its bundle: one script and one style, as they are built. */
export type CertificateParts = { readonly script: string; readonly style: string; readonly policy: string };

/**
 * Reads the built parts once.
 * @param folder where the build put them  @returns what gives them. It throws ProblemError `pages-not-built` where they are not there
 */
export function certificateParts(folder: string): () => Promise<CertificateParts> {
  let known: Promise<CertificateParts> | null = null;
  return () => {
    known ??= readParts(folder).catch((cause: unknown) => {
      known = null;
      throw new ProblemError('pages-not-built', 'This server was started without its pages.', { cause });
    });
    return known;
  };
}

async function readParts(folder: string): Promise<CertificateParts> {
  const [script, style] = await Promise.all([
    readFile(join(folder, 'certificate.js'), 'utf8'),
    readFile(join(folder, 'certificate.css'), 'utf8'),
  ]);
  const inline = `\n${scriptInHtml(script)}\n`;
  return { script: inline, style: style.replaceAll('</', '<\\/'), policy: policyFor(inline) };
}

/** The only script that runs is this one, and nothing is loaded from anywhere. */
function policyFor(script: string): string {
  const hash = createHash('sha256').update(script).digest('base64');
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}'`,
    // Mantine sets style attributes.
    "style-src 'unsafe-inline'",
    'img-src data:',
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** The same program, with nothing in its texts that would end the element or open a comment. */
function scriptInHtml(script: string): string {
  return script.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3c');
}

/** The HTML file, piece by piece. @param bundle JSON, in pieces */
export function* certificateFile(
  lot: Hex,
  { script, style, policy }: CertificateParts,
  bundle: Iterable<string>,
): Generator<string> {
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Lodebook">
<title>Lodebook certificate of lot ${lot.slice(2, 10)}</title>
<style>${style}</style>
</head>
<body>
<div id="root"><p>${UNCHECKED}</p></div>
${BUNDLE_START}`;
  for (const piece of bundle) yield jsonInHtml(piece);
  yield `${BUNDLE_END}
<script>${script}</script>
</body>
</html>
`;
}

const UNCHECKED =
  'This file checks itself, and has not done so yet. If this text stays, scripts do not run here, or the file was changed: do not rely on it. To check it in another way: lodebook verify FILE.';
