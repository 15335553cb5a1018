-- What went into each production and what came out of it, as a recall reads it: by the order of recording, without the
-- ids of lots. `inputs` is "<pair> <milligrams> …", summed over all of them; `outputs` is "<output> <pair> <milligrams> …".
-- A pair is three digits of its material, then r (recycled) or p (primary), as in src/protocol/content.ts. It follows from
-- the rows of the production, and never changes (src/store/projections/production-content.ts).
create table production_content (
  seq int8 primary key,
  block int8 not null references block on delete cascade,
  inputs text not null,
  outputs text not null
);
create index production_content_block on production_content (block);
