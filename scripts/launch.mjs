import { launch, ROOT } from './runtime.mjs';

const [task, ...args] = process.argv.slice(2);
const TASKS = { start: 'src/main.ts', test: 'scripts/test.ts' };

// npm may be killed without passing it on.
if (process.env.npm_lifecycle_event) await import('./stop-with-parent.mjs');

if (task === 'run' && args.length > 0) await launch(args[0], args.slice(1), ROOT);
else if (task && Object.hasOwn(TASKS, task)) await launch(TASKS[task], args, ROOT);
else {
  process.stderr.write('Usage: node scripts/launch.mjs start | test | run <file> [arguments]\n');
  process.exitCode = 2;
}
