import { recordCall } from '../../src/chain/calls.ts';
import { perform } from '../../src/chain/perform.ts';
import { type Hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { MAX_MILLIGRAMS } from '../../src/protocol/mass.ts';
import type { Statement } from '../../src/protocol/statements.ts';
import { attestation, delegation, observation } from '../store/agreement-ledger.ts';
import { type Account, account } from '../support/accounts.ts';
import { facilityRegistration, lotsOf, production, seconds, signed } from '../support/statements.ts';
import { accounts } from './accounts.ts';
import type { Ledger } from './ledger.ts';
import type { Tally } from './tally.ts';

const ONES: Hex = `0x${'ff'.repeat(32)}`;
const LAST_SECOND = 2 ** 40 - 1;

/** Text that the ledger takes, and that somebody's parser might not. */
export const strangers = {
  auditor: account('chaos auditor'),
  schemes: [
    `'; drop table statement cascade; --`,
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '\\u0000\\x00%00{jndi:ldap://x}{{7*7}}',
    '"}],"kind":null}/../../etc/passwd?a=b&c=d#e',
    ' '.repeat(64),
  ],
} as const;

/** What a stranger got onto the chain: ids of statements and of lots, and what to ask the API about. */
export type Left = { readonly statements: readonly Hex[]; readonly paths: readonly string[] };

/** Sends statements at the limits of every type, and hostile text, straight to the chain. */
export async function sendStrange(ledger: Ledger, tally: Tally): Promise<Left> {
  const { auditor, schemes } = strangers;
  const { stranger } = accounts;
  const limits = { evidence: ONES, recordBy: LAST_SECOND };
  const site = await signed(
    ledger.domain,
    facilityRegistration(stranger.address, { kind: 7, country: 999, ...limits }),
    stranger,
  );
  const content = [{ material: 255, recycled: false, milligrams: MAX_MILLIGRAMS }];
  const most = { commodity: 999_999, milligrams: MAX_MILLIGRAMS, content, evidence: ONES };
  const least = { commodity: 1, milligrams: 1n, content: [], evidence: ZERO_BYTES32 };
  const at = { custodian: stranger.address, facility: site.id };
  const log = { observer: stranger.address, device: stranger.address, subject: ONES };
  const readings = { root: ONES, count: 2 ** 32 - 1, from: 0, ...limits };
  const observed = observation(log, ZERO_BYTES32, seconds() - 60);
  const made = production(at, [most, least], { custodyModel: 5, ...limits });
  const all: [Statement, Account][] = [
    [site.statement, stranger],
    [made, stranger],
    [{ ...observed, message: { ...observed.message, ...readings } } as Statement, stranger],
    [
      delegation(stranger.address, auditor.address, {
        scope: 2 ** 16 - 1,
        validUntil: LAST_SECOND,
        issuedAt: 0,
      }),
      stranger,
    ],
    [
      delegation(stranger.address, auditor.address, { scope: 1, validUntil: LAST_SECOND, issuedAt: 1 }),
      stranger,
    ],
    ...schemes.map((scheme): [Statement, Account] => [
      attestation(auditor.address, site.id, scheme, 0),
      auditor,
    ]),
    [longest(attestation(auditor.address, site.id, schemes[0], 0)), auditor],
  ];
  const statements: Hex[] = [];
  for (const [statement, author] of all) {
    const id = await send(ledger, statement, author, tally);
    if (id) statements.push(id);
  }
  const lots = lotsOf(await signed(ledger.domain, made, stranger)).map(({ lot }) => lot);
  const paths = [
    ...statements.map((id) => `/v1/statements/${id}`),
    ...lots.flatMap((lot) =>
      ['', '/history', '/certificate', '/origins'].map((part) => `/v1/lots/${lot}${part}`),
    ),
    `/v1/facilities/${site.id}`,
    `/v1/parties/${stranger.address}`,
    `/v1/parties/${stranger.address}/delegations`,
    `/v1/subjects/${site.id}/trail`,
    `/v1/subjects/${ONES}/observations`,
  ];
  return { statements, paths };
}

function longest(statement: Statement): Statement {
  const message = { ...statement.message, outcome: 3, validFrom: 0, validUntil: LAST_SECOND, evidence: ONES };
  return { ...statement, message } as Statement;
}

/** @returns the statement's id, or null where the ledger refuses it: that is its right */
async function send(
  ledger: Ledger,
  statement: Statement,
  author: Account,
  tally: Tally,
): Promise<Hex | null> {
  const one = await signed(ledger.domain, statement, author);
  const { data } = recordCall(one.statement, one.witness, one.signature);
  tally.hostile.sent += 1;
  if ((await ledger.node.simulate(data)) !== null) return null;
  await perform(ledger.sender(accounts.stranger.key), { to: ledger.identity.ledger, data }, { pollMs: 20 });
  tally.hostile.recorded += 1;
  return one.id;
}
