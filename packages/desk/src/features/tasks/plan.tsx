import { ClockCircleOutlined, PhoneOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions, type Action } from '#ui/actions.tsx';
import { useSession } from '../identity/session.ts';
import { FollowUpDialog, PromiseDialog, type AboutCase } from './dialogs.tsx';

export type PlanContext = { promise: () => void; plan: (() => void) | null };
const group = 'tasks.title';

/** What one plans for later from a ticket, a conversation or a customer. */
export const planActions: Array<Action<PlanContext>> = [
  {
    name: 'task.promise',
    label: 'tasks.promise',
    group,
    keys: ['Shift+t'],
    initials: 'cnhfsj',
    icon: <ClockCircleOutlined />,
    permission: 'task.work',
    perform: (c) => c.promise(),
  },
  {
    name: 'task.plan',
    label: 'tasks.plan',
    group,
    keys: ['Shift+f'],
    initials: 'aphf',
    icon: <PhoneOutlined />,
    permission: 'task.work',
    when: (c) => c.plan !== null,
    perform: (c) => c.plan?.(),
  },
];

/** The two actions on a case, their dialogs, and the small button of the box. */
export function usePlans(about: AboutCase, customer: string) {
  const { t } = useTranslation();
  const { can } = useSession();
  const [open, setOpen] = useState<'promise' | 'plan' | null>(null);
  const { customerId } = about;
  const context: PlanContext = {
    promise: () => setOpen('promise'),
    plan: customerId ? () => setOpen('plan') : null,
  };
  useActions(planActions, context);
  const close = () => setOpen(null);
  return {
    context,
    tool: can('task.work') ? (
      <Button
        type="text"
        size="small"
        icon={<ClockCircleOutlined />}
        title={t('tasks.promise')}
        aria-label={t('tasks.promise')}
        onClick={context.promise}
      />
    ) : null,
    dialogs:
      open === 'promise' ? (
        <PromiseDialog about={about} customer={customer} onClose={close} />
      ) : open === 'plan' && customerId ? (
        <FollowUpDialog about={{ ...about, customerId }} customer={customer} onClose={close} />
      ) : null,
  };
}
