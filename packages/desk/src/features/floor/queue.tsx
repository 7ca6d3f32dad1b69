import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FloorView } from '#contracts/routes/floor.ts';
import { PlainTable, type PlainColumn } from '../../plain-table.tsx';
import { Since } from './since.tsx';

type Row = FloorView['queue'][number];

/** Who waits, for how long, and who is there to answer; one line for each group. */
export function Queue(props: { floor: FloorView }) {
  const { t } = useTranslation();
  const { queue, today } = props.floor;
  const columns = useMemo(
    (): Array<PlainColumn<Row>> => [
      {
        key: 'name',
        title: t('floor.queue.group'),
        lead: true,
        render: (row) => <strong>{row.name}</strong>,
      },
      {
        key: 'waiting',
        title: t('floor.queue.waiting'),
        align: 'end',
        render: (row) => (
          <span className="floor-number" data-loud={row.waiting > 0 || undefined}>
            {row.waiting}
            {row.offered > 0 ? (
              <span className="zk-quiet"> +{t('floor.queue.offered', { count: row.offered })}</span>
            ) : null}
          </span>
        ),
      },
      {
        key: 'longest',
        title: t('floor.queue.longest'),
        align: 'end',
        render: (row) => <Since at={row.longestSince} loudAfterSeconds={today.answerSeconds} />,
      },
      {
        key: 'ready',
        title: t('floor.queue.ready'),
        align: 'end',
        render: (row) => `${row.ready} / ${row.online}`,
      },
      {
        key: 'load',
        title: t('floor.queue.load'),
        align: 'end',
        render: (row) => <Load value={row.load} of={row.capacity} />,
      },
      {
        key: 'pool',
        title: t('floor.queue.pool'),
        align: 'end',
        render: (row) => <span data-loud={row.pool > 0 || undefined}>{row.pool}</span>,
      },
    ],
    [t, today.answerSeconds],
  );
  const [busy, idle] = [queue.filter((row) => !isIdle(row)), queue.filter(isIdle)];
  const [all, setAll] = useState(false);
  return (
    <>
      {busy.length > 0 || all ? (
        <PlainTable
          label={t('floor.queue')}
          columns={columns}
          rows={all ? [...busy, ...idle] : busy}
          rowKey={(row) => row.groupId}
        />
      ) : (
        <p className="floor-none">{t('floor.queue.calm')}</p>
      )}
      {idle.length > 0 ? (
        <Button
          className="floor-fold"
          type="link"
          size="small"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {t(all ? 'floor.queue.fold' : 'floor.queue.idle', { count: idle.length })}
        </Button>
      ) : null}
    </>
  );
}

/** Nothing waits, is carried or lies in the pool: such a group is folded away, however many there are. */
export const isIdle = (row: Row) => row.waiting + row.offered + row.load + row.pool === 0;

/** How much of what can be carried is carried. */
export function Load(props: { value: number; of: number }) {
  const share = props.of === 0 ? (props.value > 0 ? 1 : 0) : Math.min(1, props.value / props.of);
  return (
    <span className="floor-load" data-full={share >= 1 || undefined}>
      <span className="floor-load-bar" aria-hidden>
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {props.value} / {props.of}
    </span>
  );
}
