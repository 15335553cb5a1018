-- What a production passes on names the lots of the first, the last and the latest recorded leg of each run, so that what is
-- attested of them counts (src/provenance/passages.ts). What is there is summarised again.
delete from production_summary;
