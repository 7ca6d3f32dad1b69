-- SD3i-01, SD3i-03: a group may be a unit of the organisation, in a region, below another one, and a tier of the hotline.
alter table skill_group
  add column unit text check (unit in ('tech_centre', 'repair_centre', 'branch', 'call_centre', 'store', 'department')),
  add column region text not null default '',
  add column parent_id uuid references skill_group,
  add column tier int check (tier in (1, 2));
