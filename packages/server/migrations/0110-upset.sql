-- SD3m-02: a conversation whose customer is angry, since when; null once calm again.
alter table conversation add column upset_at timestamptz;
