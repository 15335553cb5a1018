import type { AttestationDetail } from '../api/schemas/attestations.ts';
import type { Page } from '../api/schemas/common.ts';
import type { PersonaList } from '../api/schemas/demo.ts';
import type { FieldProof, SharedPage, EvidenceDocument as StoredEvidence } from '../api/schemas/evidence.ts';
import type { ReadGrantList, ReadGrantView } from '../api/schemas/grants.ts';
import type { Health } from '../api/schemas/health.ts';
import type { Ancestry, LotDetail, LotHistory, LotSummary, Origins } from '../api/schemas/lots.ts';
import type { Observation, ObservationLog, Trail } from '../api/schemas/observations.ts';
import type {
  Delegation,
  FacilityDetail,
  FacilitySummary,
  Holdings,
  PartyDetail,
  PartySummary,
} from '../api/schemas/parties.ts';
import type { PolicySummary } from '../api/schemas/policies.ts';
import type { ProtocolDescription } from '../api/schemas/protocol.ts';
import type {
  AnswerInput,
  EvidenceRequest,
  EvidenceRequestPage,
  RequestInput,
} from '../api/schemas/requests.ts';
import type { Session, SignInDraft } from '../api/schemas/sessions.ts';
import type { StatementStatus } from '../api/schemas/statements.ts';
import { type Hex, hex } from '../protocol/hex.ts';
import { toJson } from '../protocol/json.ts';
import type { Certificate } from '../verification/certificate.ts';
import { ApiProblem } from './errors.ts';
import type { MessageSigner, SignedDisclosure, SignedGrant, SignedStatement } from './sign.ts';
import { type Call, createTransport, type TransportOptions } from './transport.ts';

export type PageQuery = { readonly limit?: number; readonly cursor?: string };
export type LotQuery = PageQuery & {
  readonly custodian?: Hex;
  readonly facility?: Hex;
  readonly status?: LotSummary['status'];
  readonly consignee?: Hex;
};

export type FacilityQuery = PageQuery & { readonly operator?: Hex };
export type LogQuery = PageQuery & { readonly observer?: Hex; readonly device?: Hex };
export type RequestQuery = PageQuery & {
  readonly box?: 'received' | 'sent';
  readonly open?: 'true' | 'false';
};
export type DelegationQuery = PageQuery & { readonly delegate?: Hex };

/** Whether the service holds its answer back, for up to 30 s, until the statement is in a block. */
export type Wait = 'recorded' | null;

/** The service as its API says it. Every call throws ApiProblem, or ServiceUnreachable where nothing answers. */
export type Client = {
  protocol(): Promise<ProtocolDescription>;
  health(): Promise<Health>;
  /** Sends a signed statement. Sending it again is harmless: the answer is where it stands. */
  submit(signed: SignedStatement, wait?: Wait): Promise<StatementStatus>;
  /** null where the service has never seen it. */
  statement(id: Hex): Promise<StatementStatus | null>;
  /** Tells the service who may see which field of a document whose root the ledger names. */
  disclose(signed: SignedDisclosure): Promise<StoredEvidence>;
  /** A document, as far as you may see it; null where the service has none of that root. */
  evidence(root: Hex): Promise<StoredEvidence | null>;
  /** One field, with the way to the root. */
  fieldProof(root: Hex, path: string): Promise<FieldProof>;
  /** What is shared with the party that is signed in, newest first. */
  shared(query?: PageQuery): Promise<SharedPage>;
  /** Asks for evidence of a subject; whoever is responsible for it is told. */
  ask(request: RequestInput): Promise<EvidenceRequest>;
  /** null where there is none. */
  request(id: Hex): Promise<EvidenceRequest | null>;
  /** Requests to the party that is signed in, or of it, newest first. */
  requests(query?: RequestQuery): Promise<EvidenceRequestPage>;
  answerRequest(id: Hex, answer: AnswerInput): Promise<EvidenceRequest>;
  /** Lets another party read what the signer's may read, where reading is for parties alone. */
  grant(signed: SignedGrant): Promise<ReadGrantView>;
  /** Whom the party that is signed in lets read, and who lets it. */
  grants(): Promise<ReadGrantList>;
  /** Signs in; the token goes into `createClient`. `party`: whose present key it is, where that is another account. */
  signIn(signer: MessageSigner, party?: Hex): Promise<Session>;
  lots(query?: LotQuery): Promise<Page<LotSummary>>;
  lot(id: Hex): Promise<LotDetail>;
  lotHistory(id: Hex): Promise<LotHistory>;
  ancestry(id: Hex): Promise<Ancestry>;
  origins(id: Hex): Promise<Origins>;
  certificate(id: Hex, policy?: string): Promise<Certificate>;
  parties(query?: PageQuery): Promise<Page<PartySummary>>;
  party(account: Hex): Promise<PartyDetail>;
  holdings(party: Hex): Promise<Holdings>;
  /** Newest first. */
  delegations(party: Hex, query?: DelegationQuery): Promise<Page<Delegation>>;
  observations(subject: Hex, query?: LogQuery): Promise<Page<Observation>>;
  /** In the order in which they began. */
  logs(subject: Hex, query?: LogQuery): Promise<Page<ObservationLog>>;
  trail(subject: Hex, query?: PageQuery): Promise<Trail>;
  facility(id: Hex): Promise<FacilityDetail>;
  /** Newest first. */
  facilities(query?: FacilityQuery): Promise<Page<FacilitySummary>>;
  /** Who acts in the demo, where it runs; else nobody. */
  personas(): Promise<PersonaList>;
  attestation(id: Hex): Promise<AttestationDetail>;
  policies(): Promise<Page<PolicySummary>>;
};

export type ClientOptions = TransportOptions & {
  /** Ends every request that is under way. */
  readonly signal?: AbortSignal | undefined;
};

/** A client of one service. */
export function createClient({ signal, ...options }: ClientOptions): Client {
  const request = createTransport(options);
  const get = <T>(path: string, query: Call['query'] = {}): Promise<T> => request<T>(path, { query, signal });
  const post = <T>(path: string, body: unknown, query: Call['query'] = {}): Promise<T> =>
    request<T>(path, { body, query, signal });
  return {
    protocol: () => get('/v1/protocol'),
    health: () => get('/health'),
    submit: (signed, wait = null) => post('/v1/statements', bodyOf(signed), { wait: wait ?? undefined }),
    statement: (id) => orNull(get(`/v1/statements/${id}`), 'unknown-statement'),
    disclose: (signed) => post('/v1/evidence', signed),
    evidence: (root) => orNull(get(`/v1/evidence/${root}`), 'unknown-evidence'),
    fieldProof: (root, path) => get(`/v1/evidence/${root}/proof`, { path }),
    shared: (query = {}) => get('/v1/shared', query),
    ask: (body) => post('/v1/requests', body),
    request: (id) => orNull(get(`/v1/requests/${id}`), 'unknown-request'),
    requests: (query = {}) => get('/v1/requests', query),
    answerRequest: (id, body) => post(`/v1/requests/${id}/answer`, body),
    grant: (signed) => post('/v1/grants', signed),
    grants: () => get('/v1/grants'),
    signIn: async (signer, party) => {
      const { message } = await get<SignInDraft>('/v1/sign-in', { account: hex(signer.address) });
      const signature = await signer.signMessage(message);
      return post('/v1/sessions', { message, signature, ...(party && { party }) });
    },
    lots: (query = {}) => get('/v1/lots', query),
    lot: (id) => get(`/v1/lots/${id}`),
    lotHistory: (id) => get(`/v1/lots/${id}/history`),
    ancestry: (id) => get(`/v1/lots/${id}/ancestry`),
    origins: (id) => get(`/v1/lots/${id}/origins`),
    certificate: (id, policy) => get(`/v1/lots/${id}/certificate`, { policy }),
    parties: (query = {}) => get('/v1/parties', query),
    party: (account) => get(`/v1/parties/${account}`),
    holdings: (party) => get(`/v1/parties/${party}/holdings`),
    delegations: (party, query = {}) => get(`/v1/parties/${party}/delegations`, query),
    observations: (subject, query = {}) => get(`/v1/subjects/${subject}/observations`, query),
    logs: (subject, query = {}) => get(`/v1/subjects/${subject}/logs`, query),
    trail: (subject, query = {}) => get(`/v1/subjects/${subject}/trail`, query),
    facility: (id) => get(`/v1/facilities/${id}`),
    facilities: (query = {}) => get('/v1/facilities', query),
    personas: () => get('/v1/demo/personas'),
    attestation: (id) => get(`/v1/attestations/${id}`),
    policies: () => get('/v1/policies'),
  };
}

function bodyOf({ statement, signature, evidence }: SignedStatement): unknown {
  return { ...toJson(statement), signature, ...(evidence.length === 0 ? {} : { evidence }) };
}

async function orNull<T>(answer: Promise<T>, code: string): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === code) return null;
    throw error;
  }
}
