-- Rows that come with every lot hang from their block no longer: PostgreSQL looked a block, a lot or a production up for each
-- of them, a third of the time of an insert, to find what the same transaction had just written. A rollback names the tables
-- instead (src/store/take-back.ts). The rows of everything rarer hang from their block as before.
alter table statement drop constraint statement_block_fkey;
alter table named_root drop constraint named_root_block_fkey;
alter table production drop constraint production_block_fkey;
alter table production_summary drop constraint production_summary_production_fkey;
alter table production_content drop constraint production_content_block_fkey;
alter table production_input drop constraint production_input_production_fkey;
alter table lot drop constraint lot_block_fkey;
alter table content drop constraint content_lot_fkey;
alter table lot_event drop constraint lot_event_block_fkey;
alter table lot_current drop constraint lot_current_lot_fkey;
alter table dispatch drop constraint dispatch_block_fkey;
alter table receipt drop constraint receipt_block_fkey;
alter table book_line drop constraint book_line_block_fkey;
alter table delivery drop constraint delivery_block_fkey;

-- A rollback finds these by their statement, and by their production.
drop index lot_event_block;
drop index lot_block;
