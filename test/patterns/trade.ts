import { randomBytes } from 'node:crypto';
import { type Client, createClient } from '../../src/client/client.ts';
import { signStatement } from '../../src/client/sign.ts';
import {
  custodyModels,
  type FacilityKind,
  facilityKinds,
  type Process,
  processes,
  type TransportMode,
  transportModes,
} from '../../src/protocol/codes.ts';
import { findCountry } from '../../src/protocol/countries.ts';
import { type EvidenceDocument, evidenceRoot, type JsonValue } from '../../src/protocol/evidence.ts';
import { type Hex, hex, ZERO_BYTES32 } from '../../src/protocol/hex.ts';
import { parseMass } from '../../src/protocol/mass.ts';
import { findMaterial } from '../../src/protocol/materials.ts';
import type { Content, Statement } from '../../src/protocol/statements.ts';
import { type Account, account } from '../support/accounts.ts';
import { startTestService, type TestService } from '../support/service.ts';

export type Fields = Readonly<Record<string, JsonValue>>;

/** A lot to be: `content: { Co: '1.2 t' }`; of recycled material `{ 'Co recycled': '1.2 t' }`. */
export type LotToBe = {
  readonly commodity: number;
  readonly mass: string;
  readonly content: Readonly<Record<string, string>>;
  readonly evidence?: Fields;
};

export type Making<Outputs extends readonly LotToBe[]> = {
  readonly process: Process;
  readonly inputs?: readonly Hex[];
  readonly outputs: Outputs;
  readonly at?: Hex;
  readonly evidence?: Fields;
};

/** A lot for each output. */
export type Born<Outputs> = { readonly [Index in keyof Outputs]: Hex };

/** A party with one site, which acts through the client library as any program does. */
export type Trader = {
  readonly party: Hex;
  readonly site: Hex;
  /** Another site of its own. */
  open(kind: FacilityKind, country: string, evidence?: Fields): Promise<Hex>;
  /** @returns the lots that are born, in the order of the outputs */
  make<const Outputs extends readonly LotToBe[]>(making: Making<Outputs>): Promise<Born<Outputs>>;
  /** @returns the dispatch */
  send(
    lots: readonly Hex[],
    to: Hex,
    more?: { from?: Hex; mode?: TransportMode; evidence?: Fields },
  ): Promise<Hex>;
  /** `weighed`: by lot; what is not named is not weighed. */
  receive(dispatch: Hex, lots: readonly Hex[], weighed?: Readonly<Record<Hex, string>>): Promise<Hex>;
};

export type Market = {
  readonly client: Client;
  readonly service: TestService;
  /** A party that the registrar admits, with a first site. */
  join(name: string, kind: FacilityKind, country: string): Promise<Trader>;
  /** What the registrar grants, for the years around now. */
  grant(facility: Hex, material: string, mass: string): Promise<void>;
  stop(): Promise<void>;
};

/** A ledger on a chain of its own, with a service, for one example. */
export async function openMarket(): Promise<Market> {
  const service = await startTestService();
  const client = createClient({ api: service.url });
  return {
    client,
    service,
    join: async (name, kind, country) => {
      const who = account(name);
      await service.act({ act: 'admit', party: who.address, evidence: ZERO_BYTES32 });
      const site = await register({ service, client, who }, { kind, country });
      return traderOf({ service, client, who }, site);
    },
    grant: async (facility, symbol, mass) => {
      const material = findMaterial(symbol)?.id ?? 0;
      const year = new Date().getUTCFullYear();
      const quota = {
        act: 'grant-quota',
        facility,
        material,
        recycled: false,
        evidence: ZERO_BYTES32,
      } as const;
      for (const of of [year - 1, year])
        await service.act({ ...quota, year: of, milligrams: parseMass(mass) });
    },
    stop: () => service.stop(),
  };
}

type Self = { readonly service: TestService; readonly client: Client; readonly who: Account };

function traderOf(self: Self, site: Hex): Trader {
  const { client, who } = self;
  return {
    party: who.address,
    site,
    open: (kind, country, evidence) => register(self, { kind, country, ...(evidence && { evidence }) }),
    make: async <Outputs extends readonly LotToBe[]>(making: Making<Outputs>) =>
      (await make(self, site, making)) as unknown as Born<Outputs>,
    send: async (lots, to, { from = site, mode = 'road', evidence } = {}) => {
      const papers = paper(evidence);
      const { operator } = await client.facility(to);
      const message = {
        consignor: who.address,
        consignee: operator.id,
        lots: await heads(client, lots),
        from,
        to,
        mode: transportModes[mode],
        recallFrom: now() + 86_400,
        occurredAt: now(),
        ...common(papers),
      };
      return (await say(self, { type: 'Dispatch', message }, [papers])).id;
    },
    receive: async (dispatch, lots, weighed = {}) => {
      const masses = lots.map((lot) => ({ lot, milligrams: parseMass(weighed[lot] ?? '0 mg') }));
      const rest = { accepted: true, occurredAt: now(), ...common(paper()) };
      const message = { party: who.address, dispatch, lots: masses, ...rest };
      return (await say(self, { type: 'Receipt', message }, [])).id;
    },
  };
}

type Opening = { readonly kind: FacilityKind; readonly country: string; readonly evidence?: Fields };

async function register(self: Self, { kind, country, evidence }: Opening): Promise<Hex> {
  const papers = paper(evidence);
  const place = { kind: facilityKinds[kind], country: findCountry(country)?.numeric ?? 0 };
  const message = { operator: self.who.address, ...place, ...common(papers) };
  return (await say(self, { type: 'FacilityRegistration', message }, [papers])).id;
}

async function make(
  self: Self,
  site: Hex,
  { process, inputs = [], outputs, at = site, evidence }: Making<readonly LotToBe[]>,
): Promise<Hex[]> {
  const papers = [paper(evidence), ...outputs.map((output) => paper(output.evidence))] as const;
  const message = {
    custodian: self.who.address,
    facility: at,
    process: processes[process],
    custodyModel: custodyModels.segregated,
    inputs: await heads(self.client, inputs),
    outputs: outputs.map(({ commodity, mass, content }, index) => ({
      commodity,
      milligrams: parseMass(mass),
      content: contentOf(content),
      evidence: papers[index + 1]?.root ?? ZERO_BYTES32,
    })),
    occurredAt: now(),
    ...common(papers[0]),
  };
  return (await say(self, { type: 'Production', message }, papers)).lots as Hex[];
}

/** Signs a statement, sends it, and waits until it is recorded. */
async function say({ service, client, who }: Self, statement: Statement, papers: readonly Paper[]) {
  const documents = papers.flatMap(({ document }) => document ?? []);
  return client.submit(await signStatement(who.wallet, service.domain, statement, documents), 'recorded');
}

/** The lots as a statement names them: each with its present head. */
function heads(client: Client, lots: readonly Hex[]): Promise<{ lot: Hex; head: Hex }[]> {
  return Promise.all(lots.map(async (lot) => ({ lot, head: (await client.lot(lot)).head })));
}

type Paper = { readonly root: Hex; readonly document: EvidenceDocument | null };

function paper(fields?: Fields): Paper {
  if (!fields) return { root: ZERO_BYTES32, document: null };
  const salted = Object.entries(fields).map(([path, value]) => ({ path, value, salt: salt() }));
  return { root: evidenceRoot({ fields: salted }), document: { fields: salted } };
}

function contentOf(content: LotToBe['content']): Content[] {
  return Object.entries(content)
    .map(([name, mass]) => {
      const [symbol = '', recycled] = name.split(' ');
      const material = findMaterial(symbol)?.id ?? 0;
      return { material, recycled: recycled === 'recycled', milligrams: parseMass(mass) };
    })
    .sort((a, b) => a.material - b.material || Number(a.recycled) - Number(b.recycled));
}

const salt = (): Hex => hex(`0x${randomBytes(32).toString('hex')}`);
const now = (): number => Math.floor(Date.now() / 1000);
const common = ({ root }: Paper) => ({ evidence: root, recordBy: now() + 7 * 86_400 });
