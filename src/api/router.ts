import type { Route } from './route.ts';
import { getAttestation, listAttestationsRoute } from './routes/attestations.ts';
import { getSample, getSearch, listRedFlagsRoute } from './routes/auditing.ts';
import { getBook, listBookLines, listDeliveredLots, listDeliveries } from './routes/books.ts';
import { getBundle } from './routes/bundle.ts';
import { listPersonas } from './routes/demo.ts';
import { getEvents } from './routes/events.ts';
import { getEvidence, getFieldProof, listSharedRoute, postEvidence } from './routes/evidence.ts';
import { listGrantsRoute, postGrant } from './routes/grants.ts';
import { getHealth } from './routes/health.ts';
import { getAttestationImpact, getFacilityImpact } from './routes/impact.ts';
import { getLabelPng, getLabelSheet, getLabelSvg, getLotProduct, getProduct } from './routes/labels.ts';
import { getFlow, getFlowLots, getTiers } from './routes/lineage.ts';
import { getAncestry, getDescendants, getLot, getLotHistory, listLotsRoute } from './routes/lots.ts';
import {
  getFacility,
  getHoldings,
  getParty,
  listDelegationsRoute,
  listFacilitiesRoute,
  listPartiesRoute,
} from './routes/parties.ts';
import { getProtocol } from './routes/protocol.ts';
import { getCertificate, getOrigins, getPolicy, listPolicies } from './routes/provenance.ts';
import { getRecall } from './routes/recall.ts';
import { getRequest, listRequestsRoute, postAnswer, postRequest } from './routes/requests.ts';
import { getSignIn, postSession, postSessionEnd } from './routes/sessions.ts';
import { getStatement, postStatement } from './routes/statements.ts';
import { getTrail, listLogsRoute, listObservationsRoute } from './routes/subjects.ts';

/** The table of contents. Beside it: /openapi.json, /docs, /docs/problems and /metrics. */
export const routes: readonly Route[] = [
  getProtocol,
  postStatement,
  getStatement,
  postEvidence,
  getEvidence,
  getFieldProof,
  listSharedRoute,
  getSignIn,
  postSession,
  postSessionEnd,
  postGrant,
  listGrantsRoute,
  postRequest,
  listRequestsRoute,
  getRequest,
  postAnswer,
  listLotsRoute,
  getLot,
  getLotHistory,
  getAncestry,
  getDescendants,
  getRecall,
  getLotProduct,
  getLabelSvg,
  getLabelPng,
  getLabelSheet,
  getProduct,
  getOrigins,
  getCertificate,
  getBundle,
  listPartiesRoute,
  getParty,
  getHoldings,
  listDelegationsRoute,
  listFacilitiesRoute,
  getFacility,
  getFacilityImpact,
  listAttestationsRoute,
  getAttestation,
  getAttestationImpact,
  listObservationsRoute,
  listLogsRoute,
  getTrail,
  getSearch,
  getTiers,
  getFlow,
  getFlowLots,
  getBook,
  listBookLines,
  listDeliveries,
  listDeliveredLots,
  getSample,
  listRedFlagsRoute,
  listPolicies,
  getPolicy,
  getEvents,
  listPersonas,
  getHealth,
];
