import { openNode } from '../chain/node.ts';
import type { Hex } from '../protocol/hex.ts';
import { readHeader } from '../verification/bundle/header.ts';
import { Failure, UsageError } from './failure.ts';

type Ledger = { readonly chainId: number; readonly address: Hex };

/**
 * What a node of the chain says of the block whose header a file holds.
 * @throws UsageError for what is no URL; Failure where it is another chain's node, or does not reach the block; BundleFault
 */
export async function blockOf(
  url: string,
  ledger: Ledger,
  header: Hex,
): Promise<{ readonly node: ReturnType<typeof openNode>; readonly blockHash: Hex }> {
  if (!URL.canParse(url))
    throw new UsageError(`"${url}" is not a URL: expected one such as http://127.0.0.1:8545`);
  const node = openNode({ url, ledger: ledger.address });
  const chainId = await node.chainId();
  if (chainId !== ledger.chainId)
    throw new Failure(
      `The file is of chain ${ledger.chainId}, and ${url} is chain ${chainId}. Name that chain's node.`,
    );
  const { number } = readHeader(header);
  const found = await node.header(number);
  if (!found) throw new Failure(`The node does not reach block ${number}, which the file is of.`);
  return { node, blockHash: found.hash };
}
