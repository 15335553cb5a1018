import { SingleBar } from 'cli-progress';
import { type StoryPack, storyGround, storyIndex } from './demo/ground.ts';
import { runStory, type StoryProgress, StoryStopped } from './demo/run.ts';
import { storyState } from './demo/state.ts';
import { operatorKeys } from './operator.ts';

/** The packs that can be looked at, and what a person should know about how the story went. */
export type StoryEnd = { readonly packs: readonly StoryPack[]; readonly note: string | null };

type Telling = {
  readonly api: string;
  readonly rpc: string;
  readonly dataDir: string;
  readonly signal: AbortSignal;
};

/**
 * Loads the demo story on a ledger that nobody else uses yet, or goes on where an earlier start was cut short.
 * A story that cannot be told leaves the service as it is, and says why.
 */
export async function tellStory({ api, rpc, dataDir, signal }: Telling): Promise<StoryEnd> {
  const places = { api, rpc };
  try {
    const { kind } = await storyState(places, signal);
    if (kind === 'other-ledger') return { packs: [], note: null };
    if (kind === 'too-late')
      return { packs: [], note: 'The demo story was cut short too long ago to go on with it.' };
    if (kind !== 'complete') await load(places, dataDir, signal);
    return { packs: storyIndex(await storyGround(places, signal)), note: null };
  } catch (error) {
    if (signal.aborted) return { packs: [], note: null };
    if (!(error instanceof StoryStopped)) throw error;
    return { packs: [], note: `${error.message}\nThe service runs; start it again to go on with the story.` };
  }
}

async function load(
  places: { api: string; rpc: string },
  dataDir: string,
  signal: AbortSignal,
): Promise<void> {
  const { registrar, accreditor } = await operatorKeys(dataDir);
  const progress = process.stdout.isTTY ? barProgress() : lineProgress();
  try {
    await runStory({
      ...places,
      registrarKey: registrar,
      accreditorKey: accreditor,
      signal,
      onProgress: progress.show,
    });
  } finally {
    progress.end();
  }
}

type Progress = { show(progress: StoryProgress): void; end(): void };

function barProgress(): Progress {
  const format = 'Loading the story {bar} {value}/{total} {name}';
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true, stream: process.stdout });
  return {
    show: ({ done, total, name }) => {
      if (bar.isActive) bar.update(done, { name });
      else bar.start(total, done, { name });
    },
    end: () => bar.stop(),
  };
}

/** Where no terminal can redraw a bar: a line for every tenth part. */
function lineProgress(): Progress {
  let tenths = 0;
  return {
    show: ({ done, total }) => {
      const reached = Math.floor((done * 10) / total);
      if (reached > tenths) process.stdout.write(`Loading the story: ${done} of ${total} steps\n`);
      tenths = reached;
    },
    end: () => undefined,
  };
}
