-- A person has a bounded number of sessions: one more ends the oldest.
alter table accounts.sessions drop constraint sessions_ended_by,
  add constraint sessions_ended_by check (ended_by in ('sign_out', 'reuse', 'password_change', 'too_many'));

-- For who removes what has run out.
create index sessions_by_expiry on accounts.sessions (expires_at);
create index password_resets_by_end on accounts.password_resets (expires_at);
