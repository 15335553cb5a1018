import type { Route } from './route.ts';
import { getAttestation, listAttestationsRoute } from './routes/attestations.ts';
import { getBundle } from './routes/bundle.ts';
import { getEvidence, postEvidence } from './routes/evidence.ts';
import { getHealth } from './routes/health.ts';
import { getAncestry, getDescendants, getLot, getLotHistory, listLotsRoute } from './routes/lots.ts';
import {
  getFacility,
  getParty,
  listDelegationsRoute,
  listFacilitiesRoute,
  listPartiesRoute,
} from './routes/parties.ts';
import { getProtocol } from './routes/protocol.ts';
import { getCertificate, getOrigins, getPolicy, listPolicies } from './routes/provenance.ts';
import { getRecall } from './routes/recall.ts';
import { getStatement, postStatement } from './routes/statements.ts';
import { getTrail, listLogsRoute, listObservationsRoute } from './routes/subjects.ts';

/** The table of contents. Beside it: /openapi.json, /docs, /docs/problems and /metrics. */
export const routes: readonly Route[] = [
  getProtocol,
  postStatement,
  getStatement,
  postEvidence,
  getEvidence,
  listLotsRoute,
  getLot,
  getLotHistory,
  getAncestry,
  getDescendants,
  getRecall,
  getOrigins,
  getCertificate,
  getBundle,
  listPartiesRoute,
  getParty,
  listDelegationsRoute,
  listFacilitiesRoute,
  getFacility,
  listAttestationsRoute,
  getAttestation,
  listObservationsRoute,
  listLogsRoute,
  getTrail,
  listPolicies,
  getPolicy,
  getHealth,
];
