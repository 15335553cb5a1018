import { Interface } from 'ethers/abi';
import { keccak256 } from 'ethers/crypto';
import { getBytes } from 'ethers/utils';
import type { LogContent } from '../../src/chain/decode.ts';
import type { LedgerEvent } from '../../src/chain/events.ts';
import { ledgerAbi } from '../../src/protocol/abi.generated.ts';
import { type Hex, hex } from '../../src/protocol/hex.ts';

const abi = new Interface(ledgerAbi);

const partyActs = { admit: 'PartyAdmitted', suspend: 'PartySuspended', reinstate: 'PartyReinstated' };
const accreditationActs = { accredit: 'AuditorAccredited', withdraw: 'AccreditationWithdrawn' };
const keyActs = { propose: 'KeyProposed', complete: 'KeyProposalCompleted' };

/** What the ledger would emit for an event: the way back from `decodeLog`. */
export function contentOf(event: LedgerEvent): LogContent {
  const fragment = abi.getEvent(nameOf(event));
  if (!fragment) throw new Error(`The ledger has no event ${nameOf(event)}`);
  const named: Record<string, unknown> =
    event.kind === 'statement' ? { ...event, statement: event.statement.message } : { ...event };
  const { topics, data } = abi.encodeEventLog(
    fragment,
    fragment.inputs.map(({ name }) => named[name]),
  );
  return { topics: topics.map((topic) => hex(topic as string)), data: hex(data) };
}

function nameOf(event: LedgerEvent): string {
  if (event.kind === 'statement') return `${event.statement.type}Recorded`;
  if (event.kind === 'party') return partyActs[event.act];
  if (event.kind === 'accreditation') return accreditationActs[event.act];
  return event.kind === 'quota' ? 'QuotaGranted' : keyActs[event.act];
}

/** A block's bloom filter that holds an address; none = an empty one. */
export function bloomOf(address: Hex | null): Hex {
  if (address === null) return `0x${'00'.repeat(256)}`;
  const hash = getBytes(keccak256(address));
  const bits = [0, 2, 4].reduce((bloom, at) => {
    const bit = (((hash[at] as number) << 8) | (hash[at + 1] as number)) & 2047;
    return bloom | (1n << BigInt(bit));
  }, 0n);
  return `0x${bits.toString(16).padStart(512, '0')}`;
}
