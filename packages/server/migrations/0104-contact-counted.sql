-- The cap on unasked contacts was counted over all channels; where a centre has set it, it says so from now on.
update setting set value = value || '{"per": "customer"}'::jsonb where key = 'contact' and not value ? 'per';
