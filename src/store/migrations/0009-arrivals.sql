-- What was sent to a facility: whether a lot was at a site is asked of an alert's impact.
create index dispatch_to on dispatch (to_facility, seq);
