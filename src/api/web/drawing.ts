import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jsonInHtml } from '../../verification/bundle/html.ts';
import type { CertificateDrawer, SentCertificate } from './sent.ts';

/** The pages as they are built: where their files are, and what draws a certificate. */
export type BuiltPages = { readonly webDir: string; readonly certificate: CertificatePages };

export type CertificatePages = {
  readonly wordsFor: CertificateDrawer['wordsFor'];
  /** The whole HTML document. */
  readonly page: (sent: SentCertificate) => string;
};

type Manifest = Readonly<Record<string, { readonly file: string }>>;

/** Messages that the page's script asks for before anything else; the last two, no language has that the verifier speaks. */
const PARTS = ['common', 'terms', 'certificate', 'findings', 'policies'] as const;

/** @param folder where the build put the pages; null where they are not built */
export async function openPages(folder: string): Promise<BuiltPages | null> {
  const [webDir, drawer] = [join(folder, 'web'), join(folder, 'server/certificate.js')];
  const isBuilt = await Promise.all([access(join(webDir, 'index.html')), access(drawer)]).then(
    () => true,
    () => false,
  );
  if (!isBuilt) return null;
  const [built, template, manifest] = await Promise.all([
    import(pathToFileURL(drawer).href) as Promise<CertificateDrawer>,
    readFile(join(webDir, 'certificate.html'), 'utf8'),
    readFile(join(webDir, '.vite/certificate.json'), 'utf8'),
  ]);
  return { webDir, certificate: certificatePages(built, template, JSON.parse(manifest) as Manifest) };
}

/** @param template the page as it is before anything is drawn @throws Error where it lacks a place to fill */
export function certificatePages(
  { wordsFor, draw }: CertificateDrawer,
  template: string,
  manifest: Manifest,
): CertificatePages {
  const [scripts, withoutScripts] = scriptsApart(template);
  const page = (sent: SentCertificate): string => {
    const { title, description, body } = draw(sent);
    const messages = PARTS.flatMap((part) => manifest[`messages/${sent.language}/${part}.json`]?.file ?? []);
    const preloads = messages.map((file) => `<link rel="preload" as="fetch" crossorigin href="/${file}">`);
    const places: readonly (readonly [RegExp, string])[] = [
      [/<html lang="en">/, `<html lang="${sent.language}">`],
      [/<title>[^<]*<\/title>/, `<title>${title}</title>`],
      [/(?<=<meta name="description" content=")[^"]*/, description],
      [/<noscript>[^<]*<\/noscript>/, ''],
      [
        /<div id="root"><\/div>/,
        `<div id="root">${body}</div>${sentElement(sent)}${later([...preloads, ...scripts])}`,
      ],
    ];
    return places.reduce(filled, withoutScripts);
  };
  return { wordsFor, page };
}

/** The elements that make the browser fetch scripts, and the page without them. */
function scriptsApart(template: string): [scripts: readonly string[], withoutScripts: string] {
  const elements = /<script type="module"[^>]*><\/script>|<link rel="modulepreload"[^>]*>/g;
  const scripts = template.match(elements);
  if (!scripts) throw new Error("The certificate's page has no scripts");
  return [scripts, template.replaceAll(elements, '')];
}

/** The page can be read without its scripts: `before.js` takes them out of here once it has been painted. */
function later(elements: readonly string[]): string {
  return `<template id="scripts">${elements.join('')}</template>`;
}

function filled(html: string, [place, content]: readonly [RegExp, string]): string {
  if (!place.test(html)) throw new Error(`The certificate's page has no place for ${place}`);
  return html.replace(place, () => content);
}

function sentElement(sent: SentCertificate): string {
  return `<script type="application/json" id="sent">${jsonInHtml(JSON.stringify(sent))}</script>`;
}
