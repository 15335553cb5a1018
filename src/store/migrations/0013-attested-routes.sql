-- On which routes lots travelled that are attested themselves: a certificate that is told by site asks whether one of its
-- findings may be answered by such a lot. `block` is the one in which both were known, the dispatch and the attestation.
create table attested_route (
  from_facility bytes32 not null,
  to_facility bytes32 not null,
  lot bytes32 not null,
  block int8 not null references block on delete cascade,
  primary key (from_facility, to_facility, lot)
);
create index attested_route_block on attested_route (block);

insert into attested_route (from_facility, to_facility, lot, block)
select from_facility, to_facility, sent.lot, min(greatest(sent.block, attestation.block))
from attestation
join lot_event sent on sent.lot = attestation.subject and sent.kind = 'dispatch'
join dispatch on dispatch.id = sent.statement
group by 1, 2, 3;
