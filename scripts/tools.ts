import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The script behind a package's command, from the repository's root, so that it runs on this very Node. */
export function tool(name: string, command = name): string {
  const folder = join('node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const script = typeof bin === 'string' ? bin : bin[command];
  if (script === undefined) throw new Error(`The package ${name} has no command ${command}`);
  return join(folder, script);
}
