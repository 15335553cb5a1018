-- What public evidence names by GS1's identifiers, so that a label leads to its lot. It follows from `evidence`
-- (src/protocol/digital-link.ts).
create table trade_item (
  root bytes32 primary key references evidence on delete cascade,
  gtin text not null,
  serial text,
  batch text
);
create index trade_item_serial on trade_item (gtin, serial);
create index trade_item_batch on trade_item (gtin, batch);
