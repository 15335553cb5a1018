-- What an auditor reads across the ledger. As in 0001: every row hangs from its block. Both tables follow from `lot_event`,
-- told by statement instead of by lot, so that no page reads lot by lot.

-- What a statement added to, or took from, the content held at a site, per pair. The kinds are those of
-- src/store/projections/book-line.ts; those above 10 take.
create table book_line (
  facility bytes32 not null,
  material int8 not null,
  recycled boolean not null,
  occurred_at int8 not null,
  seq int8 not null,
  kind int8 not null,
  block int8 not null references block on delete cascade,
  statement bytes32 not null,
  milligrams milligrams not null,
  lots int8 not null,
  primary key (facility, material, recycled, occurred_at, seq, kind)
);
create index book_line_block on book_line (block);
-- Stock without an origin, and what moved without a dispatch.
create index book_line_odd on book_line (kind, seq) where kind in (2, 7);

-- A dispatch, or what ended one for some of its lots. `milligrams`: of the lots when they were born; `weighed_of`: of those
-- among them that were weighed on arrival, `weighed` what the scales said; `sent_at`: when the dispatch happened.
create table delivery (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  statement bytes32 not null,
  dispatch bytes32 not null,
  from_facility bytes32 not null,
  to_facility bytes32 not null,
  consignor account not null,
  consignee account not null,
  kind text not null check (kind in ('dispatch', 'accept', 'refuse', 'recall')),
  lots int8 not null,
  milligrams milligrams not null,
  weighed_lots int8 not null,
  weighed_of milligrams not null,
  weighed milligrams not null,
  off_lots int8 not null,
  sent_at int8 not null,
  occurred_at int8 not null
);
create index delivery_block on delivery (block);
create index delivery_route on delivery (from_facility, to_facility, seq);
create index delivery_consignor on delivery (consignor, seq);
create index delivery_consignee on delivery (consignee, seq);
create index delivery_off on delivery (seq) where off_lots > 0;
-- Recorded more than 30 days after it happened.
create index production_late on production (seq) where recorded_at - occurred_at > 2592000;
create index dispatch_late on dispatch (seq) where recorded_at - occurred_at > 2592000;

-- Words of what public evidence calls things, so that a few typed letters find them (src/store/words.ts). `about`: parties
-- and sites, or lots.
create table evidence_word (
  root bytes32 not null references evidence on delete cascade,
  about text not null check (about in ('site', 'lot')),
  word text collate "C" not null,
  primary key (root, about, word)
);
create index evidence_word_word on evidence_word (about, word, root);

-- Lists of lots walk an index in their own order, whatever they are narrowed to.
alter table content add column seq int8, add column output int8;
update content set seq = lot.seq, output = lot.output from lot where lot.id = content.lot;
alter table content alter column seq set not null, alter column output set not null;
drop index content_material;
create index content_material on content (material, seq desc, output desc);
create index lot_commodity on lot (commodity, seq desc, output desc);
create index lot_heading on lot ((commodity / 100), seq desc, output desc);
create index lot_current_status on lot_current (status, born_seq desc, output desc);
create index facility_country on facility (country, seq);
create index attestation_scheme on attestation (scheme, seq);
create index accreditation_act_scheme on accreditation_act (scheme, seq);
create index statement_author on statement (author, seq);
create index statement_type on statement (type, seq);
