-- The key under which is sealed what a buyer says of people: names, addresses and answers, wherever they lie. Itself sealed
-- under the server's. Without this row nothing of it can ever be read again. Not the key of the address that links go to,
-- which is replaced with every address.
create table buyers.personal_keys (
  buyer_key uuid not null,
  sealed_key bytea not null,
  constraint personal_keys_pkey primary key (buyer_key)
);
