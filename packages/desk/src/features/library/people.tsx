import { CheckCircleOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  listRequests,
  playbookJams,
  playbookReaders,
  requestChange,
  settleRequest,
  type PlaybookRow,
} from '#contracts/routes/playbooks.ts';
import type { Pack } from '#contracts/pack.ts';
import { FormDialog } from '#ui/dialog.tsx';
import { Section } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead, useWrite } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSession } from '../identity/session.ts';
import { Loaded } from '../settings/page.tsx';
import { PlaybookDrawing } from './drawing.tsx';

const of = (row: PlaybookRow) => ({ params: { key: row.key } });

/** Where runs get stuck: on the drawing how many wait and are late, below it how long each step takes. */
export function Jams({ row, pack }: { row: PlaybookRow; pack: Pack }) {
  const { t } = useTranslation();
  const read = useRead(playbookJams, of(row));
  const items = read.data?.items ?? [];
  const at = (key: string) => items.find(({ step }) => step === key);
  return (
    <Loaded read={read}>
      {() => (
        <>
          <p className="pb-intro">{t('library.jamsIntro')}</p>
          <PlaybookDrawing
            pack={pack}
            lit={(key) => ((at(key)?.late ?? 0) > 0 ? 'late' : (at(key)?.open ?? 0) > 0 ? 'open' : undefined)}
            note={(key) => {
              const jam = at(key);
              return jam ? t('library.jam', { open: jam.open, late: jam.late, done: jam.done }) : undefined;
            }}
          />
          <PlainTable
            label={t('library.tab.jams')}
            rows={items}
            rowKey={(jam) => jam.step}
            empty={<EmptyState title={t('library.noJams')} hint={t('library.noJamsHint')} />}
            columns={[
              {
                key: 'step',
                title: t('library.step'),
                lead: true,
                render: (jam) => pack.steps.find(({ key }) => key === jam.step)?.name.zh ?? jam.step,
              },
              {
                key: 'open',
                title: t('library.waiting'),
                width: 88,
                align: 'end',
                render: (jam) => jam.open,
              },
              {
                key: 'late',
                title: t('library.lateNow'),
                width: 88,
                align: 'end',
                render: (jam) => (jam.late > 0 ? <Tag tone="late">{jam.late}</Tag> : 0),
              },
              { key: 'done', title: t('library.done'), width: 88, align: 'end', render: (jam) => jam.done },
              {
                key: 'doneLate',
                title: t('library.doneLate'),
                width: 104,
                align: 'end',
                render: (jam) => jam.doneLate,
              },
              {
                key: 'median',
                title: t('library.median'),
                width: 120,
                align: 'end',
                render: (jam) =>
                  jam.medianSeconds === null
                    ? '—'
                    : t('library.minutes', { count: Math.max(1, Math.round(jam.medianSeconds / 60)) }),
              },
            ]}
          />
        </>
      )}
    </Loaded>
  );
}

/** 已读确认: who has read the version in force. */
export function Readers({ row }: { row: PlaybookRow }) {
  const { t } = useTranslation();
  const time = useTime();
  const read = useRead(playbookReaders, of(row));
  const items = read.data?.items ?? [];
  const missing = items.filter(({ readAt }) => readAt === null).length;
  return (
    <Section title={t('library.readers', { read: items.length - missing, all: items.length })}>
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('library.tab.people')}
            rows={items}
            rowKey={(one) => one.userId}
            columns={[
              { key: 'name', title: t('library.who'), lead: true, render: (one) => one.name },
              {
                key: 'at',
                title: t('library.readAt'),
                render: (one) =>
                  one.readAt ? time.minute(one.readAt) : <Tag tone="warn">{t('library.notRead')}</Tag>,
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}

/** Change requests, each with the figure it should move. */
export function Requests({ row }: { row: PlaybookRow }) {
  const { t } = useTranslation();
  const time = useTime();
  const { can } = useSession();
  const [asking, setAsking] = useState(false);
  const read = useRead(listRequests, of(row));
  const settle = useWrite(settleRequest);
  return (
    <Section
      title={t('library.requests')}
      extra={
        <Button size="small" onClick={() => setAsking(true)}>
          {t('library.request')}
        </Button>
      }
    >
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('library.requests')}
            rows={read.data?.items ?? []}
            rowKey={(one) => one.id}
            empty={
              <EmptyState
                icon={<CheckCircleOutlined />}
                title={t('library.noRequests')}
                hint={t('library.noRequestsHint')}
              />
            }
            columns={[
              { key: 'text', title: t('library.request'), lead: true, render: (one) => one.text },
              {
                key: 'metric',
                title: t('library.metric'),
                width: 200,
                render: (one) =>
                  one.metric ? `${one.metric}：${one.before ?? '—'} → ${one.after ?? '—'}` : '—',
              },
              { key: 'by', title: t('library.who'), width: 112, render: (one) => one.requestedBy ?? '—' },
              { key: 'at', title: t('library.at'), width: 144, render: (one) => time.minute(one.at) },
              {
                key: 'state',
                title: t('library.state'),
                width: 176,
                render: (one) =>
                  one.state === 'open' && can('playbook.write') ? (
                    <span className="pb-buttons">
                      <Button
                        size="small"
                        onClick={() =>
                          settle.mutate({ params: { key: row.key, id: one.id }, body: { state: 'accepted' } })
                        }
                      >
                        {t('library.accept')}
                      </Button>
                      <Button
                        size="small"
                        onClick={() =>
                          settle.mutate({ params: { key: row.key, id: one.id }, body: { state: 'rejected' } })
                        }
                      >
                        {t('library.refuse')}
                      </Button>
                    </span>
                  ) : (
                    t(`library.requestState.${one.state}`)
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {asking ? (
        <FormDialog<{ text: string; metric?: string; before?: number }>
          title={t('library.request')}
          intro={t('library.requestIntro')}
          submit={t('library.send')}
          onClose={() => setAsking(false)}
          problemOf={problemOf}
          onSave={async (body) => {
            await call(requestChange, { ...of(row), body, idempotencyKey: crypto.randomUUID() });
            await queryClient.invalidateQueries({ queryKey: ['playbooks'] });
            setAsking(false);
          }}
        >
          <Form.Item name="text" label={t('library.requestText')} rules={[{ required: true }]}>
            <Input.TextArea rows={4} maxLength={4000} />
          </Form.Item>
          <Form.Item name="metric" label={t('library.metric')} extra={t('library.metricHint')}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="before" label={t('library.before')}>
            <InputNumber />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Section>
  );
}
