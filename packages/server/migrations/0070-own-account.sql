-- How colleagues reach somebody by phone; theirs to fill in.
alter table app_user add column phone text;
-- When somebody last gave an offer back by choice: they are left in peace for a moment before they are asked again.
alter table conversation add column declined_at timestamptz;
