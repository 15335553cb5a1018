import type { LedgerNode } from '../chain/node.ts';

/** What the API needs of the chain. */
export type ChainPort = Pick<LedgerNode, 'simulate' | 'code' | 'tips' | 'call' | 'isSignedBy'>;
