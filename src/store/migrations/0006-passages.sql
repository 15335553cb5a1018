-- Certificates of lots with long histories are told by site, route and party instead of by step (src/provenance/passages.ts;
-- the bytes are those of src/store/passages-codec.ts). What is there is summarised again.
delete from production_summary;
alter table production_summary
  add column passages bytea not null,
  add column productions int8 not null,
  add column lots int8 not null;

-- What of a document can answer for a leg, whatever else it shows (src/store/gist.ts); null where nothing does.
alter table evidence add column gist text;
create index dispatch_route on dispatch (from_facility, to_facility, occurred_at);
create index dispatch_evidence on dispatch (evidence);
create index attestation_adverse on attestation (subject) where outcome <> 1;
