/**
 * Signed statements a second, from POST to recorded, beside one transaction for each, sent by ethers.
 *
 *     npm run bench:relay                 on the embedded database, and on PostgreSQL; a few minutes
 *     npm run bench:relay -- --quick      fewer statements
 *     npm run bench:relay -- --json       ends on one line of JSON
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '../scripts/build.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { type EthersFigures, measureEthers } from './ethers-peer.ts';
import { measureRelay, type RelayFigures } from './relay-run.ts';
import { count, table } from './words.ts';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' } },
});
const TARGET = 8;

const [lots, peerLots] = options.quick ? [200, 20] : [2_000, 100];

async function onPostgres(): Promise<RelayFigures> {
  const postgres = await startPostgres('none');
  try {
    return await measureRelay(lots, postgres.url);
  } finally {
    await postgres.stop();
  }
}

function tableOf(embedded: RelayFigures, postgres: RelayFigures, ethers: EthersFigures): string[] {
  const ours = (name: string, { perSecond, acceptedPerSecond, transactions, statements }: RelayFigures) => {
    const each = (statements / transactions).toFixed(1);
    const times = perSecond / ethers.oneByOne;
    return [name, rate(perSecond), `${times.toFixed(1)} ×`, rate(acceptedPerSecond), each];
  };
  const peer = (name: string, perSecond: number) => [
    name,
    rate(perSecond),
    `${(perSecond / ethers.oneByOne).toFixed(1)} ×`,
    '',
    '1.0',
  ];
  const times = embedded.perSecond / ethers.oneByOne;
  return [
    ...table([
      ['POST to recorded', 'statements/s', '', 'accepted/s', 'per transaction'],
      ours('Lodebook, embedded chain and database', embedded),
      ours('Lodebook, embedded chain, PostgreSQL', postgres),
      peer('ethers, one after the other', ethers.oneByOne),
      peer('ethers, the same without its wait of 10 ms', ethers.atOnce),
      peer('ethers, 16 accounts side by side', ethers.sideBySide),
    ]),
    '',
    `Target: ≥ ${TARGET} × one transaction each, one after the other: ${times >= TARGET ? 'met' : 'NOT MET'} (${times.toFixed(1)} ×).`,
    `${count(embedded.statements)} statements, three on each lot: declared, sent, received; posted by ${embedded.connections} connections, which`,
    'await the 202 of one before they post what extends it. Lodebook checks, stores, relays and indexes each; the peer only',
    'sends what is signed and encoded already, to the same chain in a process of its own.',
  ];
}

function rate(perSecond: number): string {
  return perSecond < 100 ? perSecond.toFixed(1) : count(Math.round(perSecond));
}

await ensureBuilt((line) => console.error(line));
const embedded = await measureRelay(lots);
const postgres = await onPostgres();
const ethers = await measureEthers(peerLots);
for (const line of tableOf(embedded, postgres, ethers)) console.log(line);
if (options.json) {
  const ratio = embedded.perSecond / ethers.oneByOne;
  console.log(JSON.stringify({ embedded, postgres, ethers, ratio, target: TARGET, met: ratio >= TARGET }));
}
