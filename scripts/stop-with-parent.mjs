// Ends this process, as SIGTERM does, once the process that started it for the user is gone without a word (killed,
// out of memory), so that no forgotten server holds its port and its data. Load it with node --import.
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const CHECK_MS = 200;
/** Loaded by the launcher itself, and not, with --import, by what it launches. */
const STARTED_BY_NPM = Boolean(process.env.npm_lifecycle_event) && !process.execArgv.includes('--import');

if (isMainThread && process.platform !== 'win32') {
  const before = starters();
  const timer = setInterval(() => {
    if (starters() === before) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, CHECK_MS);
  timer.unref();
}

/** The parent and, where npm started us, npm itself: its shell stands between on some systems and passes nothing on. */
function starters() {
  const parent = process.ppid;
  if (process.platform !== 'linux' || !STARTED_BY_NPM) return `${parent}`;
  try {
    const [, grandparent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, 'utf8')) ?? [];
    return `${parent} ${grandparent}`;
  } catch {
    return 'gone';
  }
}
