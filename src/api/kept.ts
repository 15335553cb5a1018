import { createHash } from 'node:crypto';
import { stateNames } from '../store/queries/version.ts';
import type { Context } from './context.ts';

/** An answer as it goes out. */
export type KeptAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly etag: string;
  /** The second that it is of, where it depends on the clock. */
  readonly second: number | null;
};

type Made = {
  readonly status: number;
  /** Bytes go out as they are, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Of bodies, in one process. */
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Answers that follow from the database alone, kept for as long as it shows the same state: in between, the same question
 * has the same bytes. Where a handler asks for the time, its answer holds for that second. Asked by many at once, a
 * question is answered once. What was asked longest ago goes first.
 */
export class KeptAnswers {
  readonly #context: Context;
  readonly #stateNow: () => Promise<string>;
  readonly #most: number;
  readonly #kept = new Map<string, KeptAnswer>();
  readonly #underway = new Map<string, Promise<KeptAnswer>>();
  #state = '';
  #bytes = 0;

  constructor(context: Context, most = MOST_BYTES) {
    this.#context = context;
    this.#stateNow = stateNames(context.db);
    this.#most = most;
  }

  /** @param url what is asked  @param make the answer, with the context that it is given */
  async answer(url: string, make: (context: Context) => Promise<Made>): Promise<KeptAnswer> {
    const state = await this.#stateNow();
    if (state !== this.#state) this.#forget(state);
    const kept = this.#kept.get(url);
    if (kept && (kept.second === null || kept.second === this.#context.clock())) {
      this.#kept.delete(url);
      this.#kept.set(url, kept);
      return kept;
    }
    const underway = this.#underway.get(url) ?? this.#make(url, make);
    this.#underway.set(url, underway);
    return underway;
  }

  async #make(url: string, make: (context: Context) => Promise<Made>): Promise<KeptAnswer> {
    const [state, underway] = [this.#state, this.#underway];
    try {
      const answer = await answerOf(this.#context, make);
      if (state === this.#state) this.#keep(url, answer);
      return answer;
    } finally {
      if (state === this.#state) underway.delete(url);
    }
  }

  #keep(url: string, answer: KeptAnswer): void {
    this.#drop(url);
    this.#kept.set(url, answer);
    this.#bytes += sizeOf(url, answer);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#most) return;
      this.#drop(oldest);
    }
  }

  #drop(url: string): void {
    const kept = this.#kept.get(url);
    if (!kept) return;
    this.#kept.delete(url);
    this.#bytes -= sizeOf(url, kept);
  }

  #forget(state: string): void {
    this.#state = state;
    this.#kept.clear();
    this.#underway.clear();
    this.#bytes = 0;
  }
}

async function answerOf(context: Context, make: (context: Context) => Promise<Made>): Promise<KeptAnswer> {
  let second: number | null = null;
  const clock = () => {
    second ??= context.clock();
    return second;
  };
  const { status, body, headers = {} } = await make({ ...context, clock });
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  const etag = `W/"${createHash('sha1').update(bytes).digest('base64url')}"`;
  return { status, headers, body: bytes, etag, second };
}

function sizeOf(url: string, { body }: KeptAnswer): number {
  // Text is two bytes a character at most; the rest is what a map and an object take.
  return body.length + 2 * url.length + 200;
}
