-- Documents that show a concern, or an answer to one (src/verification/concerns.ts): a certificate that is told by site asks
-- whether any observation that names one may be of a step before its lot. It follows from `evidence`.
create table concern (
  root bytes32 primary key references evidence on delete cascade
);
create index observation_evidence on observation (evidence);
