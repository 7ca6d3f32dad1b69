-- Who imports records may import customers (SD3h-05).
update role set grants = '{"customer.import":"all"}'::jsonb || grants where grants ? 'record.import';
