-- 复审 (SD2-26): who looked at a playbook again, what they found, and when it is due next.
create table playbook_review (
  id uuid primary key,
  key text not null references playbook on delete cascade,
  version int not null,
  note text not null,
  reviewed_by uuid references app_user,
  at timestamptz not null,
  due_at timestamptz not null
);
create index playbook_review_key on playbook_review (key, at desc);
-- Reminders of before led nowhere; they lead to their playbook now.
update task k set data = k.data || jsonb_build_object('playbook', p.key)
  from playbook p where k.subject_type = 'playbook' and k.run_id is null and k.title ->> 'zh' = '复审流程：' || (p.name ->> 'zh');
