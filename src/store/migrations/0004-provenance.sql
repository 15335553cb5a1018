-- What each production passes on to the lots that it made: where their material entered the ledger and which sites it
-- passed. It follows from the production's inputs alone, and never changes (src/provenance/summary.ts; the bytes are
-- those of src/store/summary-codec.ts). `origins` is null where another production's, `origins_of`, are passed on.
create table production_summary (
  production bytes32 primary key references production on delete cascade,
  origins_of bytes32 not null,
  origins bytea check ((origins is null) = (origins_of <> production)),
  sites bytea not null
);
