import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Hex } from '../../src/protocol/hex.ts';

/** An account that Hardhat's node funds at its genesis; its key is public knowledge. */
const FUNDED_KEY: Hex = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80';

/** An ordinary JSON-RPC node in a process of its own: nothing of ours runs in it. `key` has money there. */
export type RemoteNode = { readonly url: string; readonly key: Hex; stop(): Promise<void> };

export async function startRemoteNode(): Promise<RemoteNode> {
  const cli = join(import.meta.dirname, '../../node_modules/hardhat/dist/src/cli.js');
  const child = spawn(process.execPath, [cli, 'node', '--hostname', '127.0.0.1', '--port', '0'], {
    env: { ...process.env, HARDHAT_DISABLE_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await addressIn(child);
  const stop = async () => {
    child.kill('SIGTERM');
    await once(child, 'close');
  };
  return { url, key: FUNDED_KEY, stop };
}

/** Reads on for as long as the node runs, so that it never waits for a full pipe. */
function addressIn(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-2_000);
      const url = /JSON-RPC server at (http:\/\/[^\s/]+)/.exec(output)?.[1];
      if (url) resolve(url);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The node ended with ${code}:\n${output}`)));
  });
}
