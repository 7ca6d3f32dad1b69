import { SafetyOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  listDueRecords,
  listHolds,
  purgeRecords,
  recordTypes,
  releaseHold,
  setHold,
  type DueRecordView,
  type HoldView,
} from '#contracts/routes/retention.ts';
import { EmptyState, ErrorState, Skeleton } from '#ui/states.tsx';
import { Tag } from '#ui/tag.tsx';
import { call } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { useList } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSession } from '../identity/session.ts';
import { SettingPage } from './setting-page.tsx';
import { WithReason } from './with-reason.tsx';

/** 保存期限: how long each kind of record is kept, what is due, and what is held back (SD1-37). */
export function RetentionPage() {
  const { t } = useTranslation();
  const { can } = useSession();
  return (
    <SettingPage
      setting="retention"
      intro={t('settings.retention.intro')}
      wide
      below={
        can('retention.manage') ? (
          <div className="set-body" data-wide>
            <DueRecords />
            <Holds />
          </div>
        ) : null
      }
    >
      {() => (
        <>
          {recordTypes.map((type) => (
            <Form.Item
              key={type}
              name={['years', type]}
              label={t(`settings.retention.type.${type}`)}
              initialValue={3}
              rules={[{ required: true }]}
            >
              <InputNumber min={3} max={30} suffix={t('settings.unit.years')} className="set-amount" />
            </Form.Item>
          ))}
          <Form.Item
            name="automatic"
            label={t('settings.retention.automatic')}
            extra={t('settings.retention.automaticHint')}
            required
            valuePropName="checked"
          >
            <Switch />
          </Form.Item>
        </>
      )}
    </SettingPage>
  );
}

function DueRecords() {
  const { t } = useTranslation();
  const time = useTime();
  const list = useList(listDueRecords, { limit: 50 });
  const [act, setAct] = useState<{ what: 'purge' | 'hold'; row: DueRecordView } | null>(null);
  return (
    <section className="set-danger set-column" aria-label={t('settings.retention.due')}>
      <h3>{t('settings.retention.due')}</h3>
      {list.problem && !list.rows ? <ErrorState problem={list.problem} onRetry={list.retry} /> : null}
      {!list.rows && !list.problem ? <Skeleton rows={3} columns={4} /> : null}
      {list.rows ? (
        <PlainTable
          label={t('settings.retention.due')}
          rows={list.rows}
          rowKey={(row) => row.id}
          empty={
            <EmptyState
              icon={<SafetyOutlined />}
              title={t('settings.retention.none')}
              hint={t('settings.retention.noneHint')}
            />
          }
          columns={[
            {
              key: 'label',
              title: t('settings.retention.record'),
              lead: true,
              render: (row) => (
                <span>
                  <Tag>{t(`settings.retention.short.${row.type}`)}</Tag> <strong>{row.label}</strong>{' '}
                  {row.title}
                  {row.hold ? <span className="set-cause">{row.hold.reason}</span> : null}
                </span>
              ),
            },
            {
              key: 'ended',
              title: t('settings.retention.ended'),
              width: 144,
              render: (row) => time.minute(row.endedAt),
            },
            {
              key: 'until',
              title: t('settings.retention.until'),
              width: 144,
              render: (row) => time.minute(row.keepUntil),
            },
            {
              key: 'do',
              title: '',
              width: 168,
              render: (row) =>
                row.hold ? (
                  <Tag tone="warn">{t('settings.retention.held')}</Tag>
                ) : (
                  <span className="desk-apart">
                    <Button size="small" onClick={() => setAct({ what: 'hold', row })}>
                      {t('settings.retention.hold')}
                    </Button>
                    <Button size="small" danger onClick={() => setAct({ what: 'purge', row })}>
                      {t('settings.retention.purge')}
                    </Button>
                  </span>
                ),
            },
          ]}
        />
      ) : null}
      {list.hasMore ? <Button onClick={list.more}>{t('ui:table.more')}</Button> : null}
      {act ? (
        <WithReason
          title={t(`settings.retention.${act.what}Title`, { label: act.row.label })}
          verb={t(`settings.retention.${act.what}`)}
          stale={['retention', 'tickets', 'conversations']}
          act={(reason) => {
            const { type, id } = act.row;
            const idempotencyKey = crypto.randomUUID();
            return act.what === 'hold'
              ? call(setHold, { body: { type, id, reason }, idempotencyKey })
              : call(purgeRecords, { body: { items: [{ type, id }], reason }, idempotencyKey });
          }}
          onClose={() => setAct(null)}
        />
      ) : null}
    </section>
  );
}

function Holds() {
  const { t } = useTranslation();
  const time = useTime();
  const list = useList(listHolds, { limit: 50 });
  const [releasing, setReleasing] = useState<HoldView | null>(null);
  if (!list.rows?.length) return null;
  return (
    <section className="set-danger set-column" aria-label={t('settings.retention.holds')}>
      <h3>{t('settings.retention.holds')}</h3>
      <PlainTable
        label={t('settings.retention.holds')}
        rows={list.rows}
        rowKey={(row) => row.id}
        columns={[
          {
            key: 'label',
            title: t('settings.retention.record'),
            lead: true,
            render: (row) => (
              <span>
                <Tag>{t(`settings.retention.short.${row.type}`)}</Tag> <strong>{row.label}</strong>
                <span className="set-cause">{row.reason}</span>
              </span>
            ),
          },
          {
            key: 'by',
            title: t('settings.retention.setBy'),
            width: 112,
            render: (row) => row.setBy ?? '—',
          },
          {
            key: 'at',
            title: t('settings.retention.setAt'),
            width: 144,
            render: (row) => time.minute(row.setAt),
          },
          {
            key: 'do',
            title: '',
            width: 112,
            render: (row) => (
              <Button size="small" onClick={() => setReleasing(row)}>
                {t('settings.retention.release')}
              </Button>
            ),
          },
        ]}
      />
      {list.hasMore ? <Button onClick={list.more}>{t('ui:table.more')}</Button> : null}
      {releasing ? (
        <WithReason
          title={t('settings.retention.releaseTitle', { label: releasing.label })}
          verb={t('settings.retention.release')}
          stale={['retention']}
          act={(reason) =>
            call(releaseHold, {
              params: { id: releasing.id },
              body: { reason },
              idempotencyKey: crypto.randomUUID(),
            })
          }
          onClose={() => setReleasing(null)}
        />
      ) : null}
    </section>
  );
}
