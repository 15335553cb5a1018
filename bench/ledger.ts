import { AbiCoder } from 'ethers/abi';
import { id as topicOf } from 'ethers/hash';
import { encodeCall } from '../src/chain/calls.ts';
import { ledgerBytecode } from '../src/chain/deploy.ts';
import { type Hex, hex } from '../src/protocol/hex.ts';
import {
  type Domain,
  ledgerDomain,
  type Statement,
  statementId,
  typesOf,
} from '../src/protocol/statements.ts';
import { type Account, account, BenchChain, CHAIN_ID, type Mined } from './chain.ts';

/** Pays for every transaction, as a relayer does: statements are signed, whoever sends them. */
export const relayer = account('relayer');
const registrar = account('registrar');
const accreditor = account('accreditor');

const REFUSED = topicOf('Refused(uint256,bytes)');

/** A statement, ready to be sent. */
export type Signed = { readonly id: Hex; readonly data: Hex };

/** A ledger of its own on a chain of its own. */
export class BenchLedger {
  readonly chain: BenchChain;
  readonly address: Hex;
  readonly #domain: Domain;

  private constructor(chain: BenchChain, address: Hex) {
    this.chain = chain;
    this.address = address;
    this.#domain = ledgerDomain(CHAIN_ID, address);
  }

  static async open(): Promise<BenchLedger> {
    const chain = await BenchChain.open(relayer, registrar, accreditor);
    const roles = AbiCoder.defaultAbiCoder().encode(
      ['address', 'address'],
      [registrar.address, accreditor.address],
    );
    const data = hex((await ledgerBytecode()) + roles.slice(2));
    const { created } = await chain.send({ from: relayer, to: null, data });
    return new BenchLedger(chain, created);
  }

  /** Signs as whoever has the key, and encodes the call. @param witness what stands between statement and signature */
  async sign(statement: Statement, { wallet }: Account, ...witness: readonly unknown[]): Promise<Signed> {
    const types = typesOf(statement.type);
    const signature = await wallet.signTypedData(this.#domain, types, statement.message);
    const data = encodeCall(`record${statement.type}`, [statement.message, ...witness, signature]);
    return { id: statementId(this.#domain, statement), data };
  }

  /** @returns the gas that recording it used  @throws Error where the ledger refuses it */
  async send({ data }: Pick<Signed, 'data'>): Promise<number> {
    return (await this.#call(relayer, data)).gas;
  }

  /** All in one transaction. @throws Error where one is refused */
  async submit(statements: readonly Signed[]): Promise<number> {
    const data = encodeCall('submit', [statements.map((statement) => statement.data)]);
    const { gas, topics } = await this.#call(relayer, data);
    const refused = topics.filter(([topic]) => topic === REFUSED).length;
    if (refused > 0) throw new Error(`The ledger refused ${refused} of ${statements.length} statements`);
    return gas;
  }

  /** What the registrar does: admit, grantQuota. */
  async asRegistrar(method: string, ...values: readonly unknown[]): Promise<void> {
    await this.#call(registrar, encodeCall(method, values));
  }

  async accredit(auditor: Hex, scheme: string, evidence: Hex): Promise<void> {
    await this.#call(accreditor, encodeCall('accredit', [auditor, scheme, evidence]));
  }

  #call(from: Account, data: Hex): Promise<Mined> {
    return this.chain.send({ from, to: this.address, data });
  }
}
