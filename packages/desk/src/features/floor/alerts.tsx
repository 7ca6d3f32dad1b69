import { BellOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ackNotice, type NoticeView } from '#contracts/routes/notices.ts';
import { useNow } from '#ui/clock.tsx';
import { useToast } from '#ui/toast.tsx';
import { problemOf } from '../../api.ts';
import { queryClient, useWrite } from '../../query.ts';
import { useTime } from '../../time.ts';

const shownAtOnce = 3;

/** What must be acknowledged by a person; until then it climbs. */
export function Alerts(props: { alerts: readonly NoticeView[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (props.alerts.length === 0) return null;
  const shown = all ? props.alerts : props.alerts.slice(0, shownAtOnce);
  return (
    <section className="floor-alerts" aria-label={t('floor.alerts', { count: props.alerts.length })}>
      {shown.map((alert) => (
        <OneAlert key={alert.id} alert={alert} />
      ))}
      {props.alerts.length > shownAtOnce ? (
        <Button type="link" size="small" onClick={() => setAll(!all)}>
          {all ? t('floor.alerts.less') : t('floor.alerts', { count: props.alerts.length })}
        </Button>
      ) : null}
    </section>
  );
}

function OneAlert(props: { alert: NoticeView }) {
  const { t } = useTranslation();
  const { alert } = props;
  const navigate = useNavigate();
  const time = useTime();
  const now = useNow(60);
  const toast = useToast();
  const write = useWrite(ackNotice, {
    onDone: () => void queryClient.invalidateQueries({ queryKey: ['floor'] }),
  });
  const id = alert.subjectId;
  const open = () => {
    if (!id) return;
    if (alert.subjectType === 'ticket') void navigate({ to: '/tickets/$id', params: { id } });
    if (alert.subjectType === 'conversation') void navigate({ to: '/conversations/$id', params: { id } });
  };
  return (
    <div className="floor-alert">
      <BellOutlined aria-hidden />
      <button type="button" className="zk-bare floor-alert-text" onClick={open}>
        <strong>{alert.title}</strong> <span>{alert.body}</span>
      </button>
      <span className="floor-alert-at">{time.stamp(alert.at, now)}</span>
      <Button
        size="small"
        loading={write.isPending}
        onClick={() =>
          write.mutate(
            { params: { id: alert.id }, body: {} },
            { onError: (error) => toast.failed(problemOf(error)) },
          )
        }
      >
        {t('floor.ack')}
      </Button>
    </div>
  );
}
