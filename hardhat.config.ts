import { fileURLToPath } from 'node:url';
import { defineConfig } from 'hardhat/config';

/** A million runs would save 1 % of the gas, and leave the code no room to grow (EIP-170 ends at 24,576 bytes). */
const OPTIMIZER_RUNS = 200;

// The compiler comes from npm, so that nothing is downloaded.
const compiler = { version: '0.8.37', path: fileURLToPath(import.meta.resolve('solc/soljson.js')) };
/**
 * Solidity's own sequence without its step F, which makes a copy of a function for each constant that it is called with:
 * the one that judges signatures eight times, 4 kB in all, for 20 gas each.
 */
const OPTIMIZER_STEPS =
  'dhfoDgvulfnTUtnIf[xa[r]EscLMcCTUtTOntnfDIulLculVcul [j]Tpeulxa[rul]xa[r]cLgvifCTUca[r]LSsTOtfDnca[r]Iulc]jmul[jul] VcTOcul jmul:fDnTOcmu';

// What Ethereum, Besu and the rollups all run. Osaka would add one opcode and leave some of them out.
const evmVersion = 'cancun';

export default defineConfig({
  paths: {
    sources: 'contracts',
    tests: { solidity: 'test/contracts' },
    artifacts: 'artifacts',
    cache: 'cache',
  },
  solidity: {
    // Otherwise the tests would be part of the contract's compilation, and could change its code.
    splitTestsCompilation: true,
    // The tests run the ledger as it is deployed. Their own code need not be small, and compiles faster like this.
    compilers: [{ ...compiler, settings: { evmVersion } }],
    overrides: {
      'contracts/MaterialLedger.sol': {
        ...compiler,
        settings: {
          evmVersion,
          // Where each word of its state lies: state proofs are read by it (scripts/layout.ts).
          outputSelection: { '*': { '*': ['storageLayout'] } },
          viaIR: true,
          optimizer: {
            enabled: true,
            runs: OPTIMIZER_RUNS,
            details: { yul: true, yulDetails: { optimizerSteps: OPTIMIZER_STEPS } },
          },
        },
      },
    },
  },
  test: {
    solidity: {
      fsPermissions: { readDirectory: ['test/vectors'] },
    },
  },
});
