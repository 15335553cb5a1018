-- Certificates of lots with long histories are told by site, route and party instead of by step (src/provenance/passages.ts;
-- the bytes are those of src/store/passages-codec.ts). What is there is summarised again.
delete from production_summary;
alter table production_summary add column passages bytea not null;
