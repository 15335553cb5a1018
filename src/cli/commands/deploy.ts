import { deployLedger, ledgerBytecode } from '../../chain/deploy.ts';
import { openRpc } from '../../chain/rpc.ts';
import { openSender } from '../../chain/sender.ts';
import { type Hex, hex } from '../../protocol/hex.ts';
import { type AddCommands, examples } from '../runner.ts';
import { passwordFor, type Session } from '../session.ts';
import { accountIn } from '../values.ts';

type DeployOptions = { rpc: string; registrar: string; accreditor: string };

export const addDeploy: AddCommands = (program, run) => {
  const command = program
    .command('deploy')
    .description('put a new ledger on a chain; the key pays for it, and gets no role')
    .requiredOption('--rpc <url>', "the chain's node")
    .requiredOption('--registrar <account>', 'who admits and suspends parties, grants quotas, may revoke')
    .requiredOption('--accreditor <account>', 'who accredits auditors');
  const roles =
    '--registrar 0x5bd6b1a7c5c1ea2b6a8e5ab1c31d9a4ef3d7a3d1 --accreditor 0x0d1e5ab1c31d9a4ef3d7a3d15bd6b1a7c5c1ea2b';
  examples(
    command.action(run<DeployOptions>((session, _, options) => deploy(session, options))),
    `deploy --rpc http://127.0.0.1:8546 --key deployer ${roles}`,
  );
};

async function deploy(session: Session, options: DeployOptions): Promise<void> {
  const { terminal, keystore } = session;
  const registrar = accountIn(options.registrar);
  const accreditor = accountIn(options.accreditor);
  const key = await keystore.find(session.options.key);
  const rpc = openRpc(options.rpc);
  const chainId = Number(await rpc.send<Hex>('eth_chainId', []));
  terminal.note(`${key.account} puts a new ledger on chain ${chainId}.`);
  terminal.note(
    `Registrar ${registrar}, accreditor ${accreditor}. Neither can be changed by the deployer.`,
    '',
  );
  if (session.options.dryRun) return terminal.result({ status: 'not sent' }, ['Not sent.']);
  const bytecode = await ledgerBytecode();
  const wallet = await keystore.unlock(
    key,
    await passwordFor(session, `Password of the key "${key.name}": `),
  );
  const sender = openSender(rpc, chainId, hex(wallet.privateKey));
  const { ledger, deployedAt } = await deployLedger(sender, { bytecode, registrar, accreditor });
  terminal.result({ status: 'recorded', chainId, ledger, block: deployedAt }, [
    `The ledger is at ${ledger}, since block ${deployedAt}.`,
    `Next: RPC_URL=${options.rpc} LEDGER_ADDRESS=${ledger} RELAYER_KEY=0x… npm start`,
  ]);
}
