-- SD3n-02: names of attached files are found by part.
create index file_name on file using gin (name gin_trgm_ops) where thread_id is not null;
