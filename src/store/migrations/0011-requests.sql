-- What somebody asks of the party whose site, lot, dispatch or attestation lacks evidence. As in 0002: no chain gives it
-- back. `id` is random: who knows it may read what became of the request.
create table evidence_request (
  position int8 generated always as identity unique,
  id bytes32 primary key,
  addressee account not null,
  asker account,
  subject_kind text not null check (subject_kind in ('facility', 'lot', 'party', 'dispatch', 'attestation')),
  subject bytes32 not null,
  lot bytes32,
  rule text,
  message text not null,
  contact text,
  asked_at int8 not null,
  answer text check (answer in ('evidence', 'statement', 'declined')),
  answer_id bytes32,
  answer_note text,
  answered_at int8,
  check ((answer is null) = (answered_at is null))
);
create index evidence_request_addressee on evidence_request (addressee, position desc);
create index evidence_request_asker on evidence_request (asker, position desc) where asker is not null;
