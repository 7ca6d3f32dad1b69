-- No query ever narrowed customers: roles that hold another scope see and write all of them, and say so from now on.
update role set grants = grants || (select jsonb_object_agg(key, 'all') from jsonb_object_keys(grants) key where key in ('customer.read', 'customer.write', 'customer.reveal'))
where grants ?| array['customer.read', 'customer.write', 'customer.reveal'];
