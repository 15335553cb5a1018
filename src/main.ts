import { ensureBuilt } from '../scripts/build.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { openLog } from './logging.ts';
import { type Service, startService } from './service.ts';
import { type StoryEnd, tellStory } from './story.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Starts everything, tells the story where there is room for it, and stays until a signal comes. */
async function main(): Promise<void> {
  const stopping = stopOnSignal();
  const config = readConfig();
  const logger = openLog(config.logLevel);
  await ensureBuilt(say);
  stopping.throwIfAborted();
  say('Starting Lodebook …');
  const service = await startService(config, logger);
  const stopped = stopWhen(stopping, service);
  const story = await loadStory(config, service, stopping);
  if (!stopping.aborted) announce(service, config, story);
  await stopped;
}

/** The first signal stops in order. A second one, later, is somebody in a hurry. */
function stopOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(1);
      controller.abort(new Error(`Stopped by ${signal}`));
    });
  return controller.signal;
}

async function stopWhen(signal: AbortSignal, service: Service): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  say('Stopping …');
  await service.stop();
}

async function loadStory(config: Config, service: Service, signal: AbortSignal): Promise<StoryEnd> {
  if (!config.demo || config.node !== null || config.reader !== null) return { packs: [], note: null };
  const places = { api: service.url, rpc: service.chainUrl };
  return tellStory({ ...places, dataDir: config.dataDir, signal });
}

function announce(service: Service, config: Config, story: StoryEnd): void {
  say(`\nLodebook is ready: ${service.url}`);
  say(`  API documentation  ${service.url}/docs`);
  say(`  Health             ${service.url}/health`);
  say(
    `  Chain (JSON-RPC)   ${config.node === null && config.reader === null ? service.chainUrl : 'RPC_URL'}`,
  );
  if (story.note) say(`\n${story.note}`);
  if (story.packs.length > 0) say('\nThree battery packs to look at:');
  for (const { title, verdict, why, lot } of story.packs)
    say(`  ${title}: ${verdict} (${why})\n    ${service.url}/lots/${lot}`);
  say('\nStop with Ctrl-C.');
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigError ? 2 : 1;
}
// A database driver or a socket that lingers must not keep a stopped service alive.
process.exit();
