-- SD1-37: cards of customers and raw mails that became nobody's message are kept as long as other records, and held like them.
alter table legal_hold drop constraint legal_hold_record_type_check;
alter table legal_hold add constraint legal_hold_record_type_check check (record_type in ('ticket', 'conversation', 'customer', 'mail'));
-- An anonymised card stays as a tombstone: its number, its class, its instants, no name and no way to reach anybody.
alter table customer add column purged_at timestamptz;
create index customer_purge on customer (updated_at, id) where purged_at is null and merged_into is null;
create index inbound_raw_purge on inbound_raw (received_at, id) where message_id is null;
