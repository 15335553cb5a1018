/** Which lines and branches of the contracts their tests run. Fails below 100 %, and names what is missing. */
import { measure } from './coverage/measure.ts';
import { reportOf } from './coverage/report.ts';

const { files, marks, results } = await measure();
const { table, missing } = reportOf(files, marks);
const failed = results.flatMap(({ suite, failures }) =>
  failures.map(({ test, reason }) => `${suite}.${test}: ${reason}`),
);

for (const line of table) console.log(line);
if (missing.length > 0) {
  console.error(`\n${missing.join('\n')}`);
  process.exitCode = 1;
}
if (failed.length > 0) {
  console.error(
    `\nThese tests fail while marks are set, which takes gas; "npm test" shows whether they do without:\n${failed.join('\n')}`,
  );
}
