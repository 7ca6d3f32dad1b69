import { CheckCircleOutlined } from '@ant-design/icons';
import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { figureKeys, figureOf, shownValue, type FigureKey } from '#contracts/figures.ts';
import type { ResponseOf } from '#contracts/route.ts';
import { getFigures } from '#contracts/routes/figures.ts';
import { listRequests, requestChange, settleRequest, type PlaybookRow } from '#contracts/routes/playbooks.ts';
import { useNow } from '#ui/clock.tsx';
import { FormDialog } from '#ui/dialog.tsx';
import { Section } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead, useWrite } from '../../query.ts';
import { useTime } from '../../time.ts';
import { colon, useSaid } from '../../words.ts';
import { monthOf } from '../figures/rules.ts';
import { useValue } from '../figures/value.ts';
import { useSession } from '../identity/session.ts';
import { Loaded } from '../settings/page.tsx';

const of = (row: PlaybookRow) => ({ params: { key: row.key } });

/** What a request's figure is called, and how a value of it is shown: one of the service's own, or a name in words. */
function useMetric() {
  const said = useSaid();
  const show = useValue();
  const known = (metric: string | null): FigureKey | undefined => figureKeys.find((key) => key === metric);
  return {
    known,
    name: (metric: string) => {
      const key = known(metric);
      return key ? said(figureOf(key)) : metric;
    },
    value: (metric: string, value: number | null) => {
      const key = known(metric);
      return key ? show(key, value) : value === null ? '—' : show.plain(value);
    },
  };
}

/** The figure of this month so far, in the unit it is shown in; undefined where it is none of ours or nothing counts. */
function useFigureNow(metric: string | null | undefined): number | undefined {
  const { can } = useSession();
  const { known } = useMetric();
  const key = known(metric ?? null);
  const month = monthOf(useNow(3600));
  const read = useRead(
    getFigures,
    { query: { from: month, to: month } },
    { enabled: key !== undefined && can('report.read') },
  );
  const total = read.data?.items.find((one) => one.key === key)?.total;
  const value = key && total ? shownValue(key, total) : null;
  return value === null ? undefined : Math.round(value * 100) / 100;
}

/** Change requests, each with the figure it should move, before and after (SD2-24). */
export function Requests({ row }: { row: PlaybookRow }) {
  const { t } = useTranslation();
  const time = useTime();
  const metric = useMetric();
  const { can } = useSession();
  const [asking, setAsking] = useState(false);
  const [finishing, setFinishing] = useState<Request>();
  const read = useRead(listRequests, of(row));
  const toast = useToast();
  const settle = useWrite(settleRequest);
  const to = (one: Request, state: 'accepted' | 'rejected') =>
    settle.mutate(
      { params: { key: row.key, id: one.id }, body: { state } },
      { onError: (error) => toast.failed(problemOf(error)) },
    );
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
                width: 240,
                render: (one) =>
                  one.metric
                    ? `${metric.name(one.metric)}${colon()}${metric.value(one.metric, one.before)} → ${metric.value(one.metric, one.after)}`
                    : '—',
              },
              { key: 'by', title: t('library.who'), width: 96, render: (one) => one.requestedBy ?? '—' },
              { key: 'at', title: t('library.at'), width: 144, render: (one) => time.minute(one.at) },
              {
                key: 'state',
                title: t('library.state'),
                width: 184,
                render: (one) =>
                  one.state === 'open' && can('playbook.write') ? (
                    <span className="pb-buttons">
                      <Button size="small" onClick={() => to(one, 'accepted')}>
                        {t('library.accept')}
                      </Button>
                      <Button size="small" onClick={() => to(one, 'rejected')}>
                        {t('library.refuse')}
                      </Button>
                    </span>
                  ) : (
                    <span className="pb-buttons">
                      {t(`library.requestState.${one.state}`)}
                      {one.version ? <Tag tone="outline">v{one.version}</Tag> : null}
                      {one.state === 'accepted' && can('playbook.write') ? (
                        <Button size="small" onClick={() => setFinishing(one)}>
                          {t('library.finishRequest')}
                        </Button>
                      ) : null}
                    </span>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {asking ? <AskDialog row={row} onClose={() => setAsking(false)} /> : null}
      {finishing ? (
        <FinishDialog row={row} request={finishing} onClose={() => setFinishing(undefined)} />
      ) : null}
    </Section>
  );
}

type Request = ResponseOf<typeof listRequests>['items'][number];
const again = () => queryClient.invalidateQueries({ queryKey: ['playbooks'] });
const other = 'other';

/** The figure is one of the service's own, with its value of this month filled in, or one that is named in words. */
function AskDialog({ row, onClose }: { row: PlaybookRow; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useSaid();
  const [form] = Form.useForm<{ text: string; figure?: string; metric?: string; before?: number }>();
  const figure = Form.useWatch('figure', form);
  const now = useFigureNow(figure);
  useEffect(() => {
    if (now !== undefined) form.setFieldValue('before', now);
  }, [form, now]);
  return (
    <FormDialog<{ text: string; figure?: string; metric?: string; before?: number }>
      form={form}
      title={t('library.request')}
      intro={t('library.requestIntro')}
      submit={t('library.send')}
      onClose={onClose}
      problemOf={problemOf}
      onSave={async ({ text, figure: chosen, metric, before }) => {
        await call(requestChange, {
          ...of(row),
          body: { text, metric: chosen === other ? metric : chosen, before: before ?? undefined },
          idempotencyKey: crypto.randomUUID(),
        });
        await again();
        onClose();
      }}
    >
      <Form.Item name="text" label={t('library.requestText')} rules={[{ required: true }]}>
        <TextBox rows={4} maxLength={4000} />
      </Form.Item>
      <Form.Item name="figure" label={t('library.metric')}>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            ...figureKeys.map((key) => ({ value: key as string, label: said(figureOf(key)) })),
            { value: other, label: t('library.metricFree') },
          ]}
        />
      </Form.Item>
      {figure === other ? (
        <Form.Item
          name="metric"
          label={t('library.metricOther')}
          extra={t('library.metricHint')}
          rules={[{ required: true }]}
        >
          <Input maxLength={80} />
        </Form.Item>
      ) : null}
      {figure ? (
        <Form.Item
          name="before"
          label={t('library.before')}
          extra={now === undefined ? undefined : t('library.metricNow', { value: now })}
        >
          <InputNumber />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}

function FinishDialog(props: { row: PlaybookRow; request: Request; onClose: () => void }) {
  const { t } = useTranslation();
  const metric = useMetric();
  const { row, request } = props;
  const [form] = Form.useForm<{ after?: number; version?: number }>();
  const now = useFigureNow(request.metric);
  useEffect(() => {
    if (now !== undefined) form.setFieldValue('after', now);
  }, [form, now]);
  return (
    <FormDialog<{ after?: number; version?: number }>
      form={form}
      title={t('library.requestDoneTitle')}
      intro={t('library.requestDoneIntro')}
      submit={t('library.requestDone')}
      initial={{ version: row.version ?? undefined }}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ after, version }) => {
        await call(settleRequest, {
          params: { key: row.key, id: request.id },
          body: { state: 'done', after: after ?? undefined, version: version ?? undefined },
        });
        await again();
        props.onClose();
      }}
    >
      <p>{request.text}</p>
      {request.metric ? (
        <>
          <p className="zk-quiet">
            {metric.name(request.metric)}　{t('library.before')}{' '}
            {metric.value(request.metric, request.before)}
          </p>
          <Form.Item
            name="after"
            label={t('library.after')}
            extra={now === undefined ? undefined : t('library.metricNow', { value: now })}
            rules={[{ required: true }]}
          >
            <InputNumber />
          </Form.Item>
        </>
      ) : null}
      <Form.Item name="version" label={t('library.inVersion')}>
        <InputNumber min={1} precision={0} />
      </Form.Item>
    </FormDialog>
  );
}
