-- SD0-21: a conversation tagged as an order query (查订单), and since when that question has waited; null once answered.
alter table conversation add column intent text check (intent in ('order_query')), add column query_since timestamptz;
