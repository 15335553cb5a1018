import { createConfig } from 'ponder';
import { ledgerAbi } from './from-lodebook.ts';

export default createConfig({
  database: { kind: 'postgres', connectionString: process.env.DATABASE_URL },
  chains: { network: { id: Number(process.env.CHAIN_ID), rpc: process.env.RPC_URL } },
  contracts: {
    Ledger: {
      abi: ledgerAbi,
      chain: 'network',
      address: process.env.LEDGER,
      startBlock: Number(process.env.DEPLOYED_AT),
    },
  },
});
