import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AbiCoder, Interface, type JsonFragment } from 'ethers/abi';
import { solidityPackedKeccak256 } from 'ethers/hash';
import { type Hex, hex, ZERO_BYTES32 } from '../src/protocol/hex.ts';
import { account, type BenchChain, seeded } from './chain.ts';
import { relayer } from './ledger.ts';
import type { Share } from './operations.ts';
import { compile } from './solidity.ts';
import { drums } from './story.ts';

const PEERS = join(import.meta.dirname, 'peers');
/** Where no tool of the repository looks. */
const INSTALLED = join(import.meta.dirname, '../.cache/bench-peers');
const LOCK = 'package-lock.json';
const ARTIFACTS = join(
  INSTALLED,
  'node_modules/@ethereum-attestation-service/eas-contracts/artifacts/contracts',
);
const NO_ADDRESS: Hex = `0x${'00'.repeat(20)}`;
const BATCH = 100;

/** What others' contracts use for the nearest thing that they do. */
export type PeerFigure = { readonly name: string; readonly share?: Share | undefined; readonly gas: number };

/** The name of the figure that attestations are held against. */
export const EAS_ATTEST = 'EAS: attest, 128 bytes of data';

type CodeOf = (contract: string) => Hex;

const holder = account('holder');
const next = account('next holder');

/** On the same chain as the ledger. */
export async function measurePeers(chain: BenchChain): Promise<PeerFigure[]> {
  install();
  const codeOf = await compile('peers/Tokens.sol');
  return [...(await erc721(chain, codeOf)), ...(await erc1155(chain, codeOf)), await eas(chain)];
}

/** The tokens' owners have one already, as is usual. */
async function erc721(chain: BenchChain, codeOf: CodeOf): Promise<PeerFigure[]> {
  const abi = ['function mint(address,uint256)', 'function transferFrom(address,address,uint256)'];
  const token = await deploy(chain, { abi, code: codeOf('Token721') });
  const [first, second, third] = ['first', 'second', 'third'].map(seeded);
  await token.send('mint', holder.address, first);
  await token.send('mint', relayer.address, second);
  return [
    { name: 'ERC-721: mint 1 token', gas: await token.send('mint', relayer.address, third) },
    {
      name: 'ERC-721: transfer 1 token',
      gas: await token.send('transferFrom', relayer.address, holder.address, third),
    },
  ];
}

async function erc1155(chain: BenchChain, codeOf: CodeOf): Promise<PeerFigure[]> {
  const abi = [
    'function mintBatch(address,uint256[],uint256[])',
    'function safeBatchTransferFrom(address,address,uint256[],uint256[],bytes)',
  ];
  const token = await deploy(chain, { abi, code: codeOf('Token1155') });
  const made = drums('minted', BATCH);
  const [ids, amounts] = [made.map(({ evidence }) => evidence), made.map(({ milligrams }) => milligrams)];
  const share: Share = { of: BATCH, unit: 'lot' };
  const minted = await token.send('mintBatch', relayer.address, ids, amounts);
  const moved = await token.send('safeBatchTransferFrom', relayer.address, next.address, ids, amounts, '0x');
  return [
    { name: `ERC-1155: mint ${BATCH} ids at once`, share, gas: minted },
    { name: `ERC-1155: transfer ${BATCH} ids at once`, share, gas: moved },
  ];
}

/** As its authors compiled it. The attester sends it itself, so that no signature is checked. */
async function eas(chain: BenchChain): Promise<PeerFigure> {
  const registry = await deploy(chain, await artifact('SchemaRegistry'));
  const attestations = await deploy(chain, await artifact('EAS'), registry.address);
  const schema = 'bytes32 subject,bytes32 scheme,uint8 outcome,bytes32 evidence';
  await registry.send('register', schema, NO_ADDRESS, true);
  const said = [seeded('subject'), seeded('scheme'), 1, seeded('evidence')];
  const request = {
    schema: solidityPackedKeccak256(['string', 'address', 'bool'], [schema, NO_ADDRESS, true]),
    data: {
      recipient: holder.address,
      expirationTime: chain.time + 365 * 86_400,
      revocable: true,
      refUID: ZERO_BYTES32,
      data: AbiCoder.defaultAbiCoder().encode(['bytes32', 'bytes32', 'uint8', 'bytes32'], said),
      value: 0,
    },
  };
  // Whatever comes first in a contract's life is left out, for the ledger too.
  await attestations.send('attest', request);
  return { name: EAS_ATTEST, gas: await attestations.send('attest', request) };
}

type Compiled = { readonly abi: readonly (string | JsonFragment)[]; readonly code: Hex };
type Contract = {
  readonly address: Hex;
  /** @returns the gas used */
  send(method: string, ...values: readonly unknown[]): Promise<number>;
};

async function deploy(
  chain: BenchChain,
  { abi, code }: Compiled,
  ...values: readonly Hex[]
): Promise<Contract> {
  const contract = new Interface(abi);
  const { created } = await chain.send({
    from: relayer,
    to: null,
    data: hex(code + contract.encodeDeploy(values).slice(2)),
  });
  const send = async (method: string, ...values: readonly unknown[]): Promise<number> => {
    const data = hex(contract.encodeFunctionData(method, values));
    return (await chain.send({ from: relayer, to: created, data })).gas;
  };
  return { address: created, send };
}

async function artifact(name: string): Promise<Compiled> {
  const text = await readFile(join(ARTIFACTS, `${name}.sol`, `${name}.json`), 'utf8');
  const { abi, bytecode } = JSON.parse(text) as { abi: JsonFragment[]; bytecode: string };
  return { abi, code: hex(bytecode) };
}

/** Once for each lock file; from then on it needs no network. */
function install(): void {
  if (isInstalled()) return;
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('npm has to install what is compared with. Run: npm run bench:gas');
  cpSync(PEERS, INSTALLED, { recursive: true });
  const { status } = spawnSync(process.execPath, [npm, 'ci', '--ignore-scripts', '--prefer-offline'], {
    cwd: INSTALLED,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status === 0) return;
  throw new Error(
    'What is compared with (bench/peers) could not be installed: npm ci, see above. Connect to the npm registry ' +
      'for the first run, or leave it out: npm run bench:gas -- --quick',
  );
}

function isInstalled(): boolean {
  if (!existsSync(ARTIFACTS)) return false;
  const [wanted, found] = [PEERS, INSTALLED].map((folder) => readFileSync(join(folder, LOCK), 'utf8'));
  return wanted === found;
}
