import { Alert, Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listReviews, reviewPlaybook, type PlaybookRow } from '#contracts/routes/playbooks.ts';
import { useNow } from '#ui/clock.tsx';
import { FormDialog } from '#ui/dialog.tsx';
import { Section } from '#ui/form.tsx';
import { EmptyState } from '#ui/states.tsx';
import { TextBox } from '#ui/text-box.tsx';
import { useToast } from '#ui/toast.tsx';
import { call, problemOf } from '../../api.ts';
import { PlainTable } from '../../plain-table.tsx';
import { queryClient, useRead } from '../../query.ts';
import { useTime } from '../../time.ts';
import { useSession } from '../identity/session.ts';
import { Loaded } from '../settings/page.tsx';

const of = (row: PlaybookRow) => ({ params: { key: row.key } });

/** Whole days until what is in use must be looked at again, below zero once that day is past; undefined where nobody need. */
export const daysToReview = (
  row: Pick<PlaybookRow, 'enabled' | 'reviewDueAt'>,
  now: number,
): number | undefined =>
  row.enabled && row.reviewDueAt ? Math.floor((Date.parse(row.reviewDueAt) - now) / 86_400_000) : undefined;

/** From thirty days before, the page itself says that it is to be looked at again (SD2-26). */
export function ReviewDue({ row }: { row: PlaybookRow }) {
  const { t } = useTranslation();
  const time = useTime();
  const { can } = useSession();
  const [asked, setAsked] = useState(false);
  const days = daysToReview(row, useNow(3600));
  if (days === undefined || days > 30) return null;
  const day = time.minute(row.reviewDueAt!).slice(0, 10);
  return (
    <>
      <Alert
        className="pb-due"
        type={days < 0 ? 'error' : 'warning'}
        showIcon
        title={days < 0 ? t('library.reviewLate', { day }) : t('library.reviewSoon', { day, count: days })}
        action={
          can('playbook.write') ? (
            <Button size="small" onClick={() => setAsked(true)}>
              {t('library.reviewNow')}
            </Button>
          ) : null
        }
      />
      {asked ? <ReviewDialog row={row} onClose={() => setAsked(false)} /> : null}
    </>
  );
}

/** Who looked at it again and found it right, and when it is due next. */
export function Reviews({ row }: { row: PlaybookRow }) {
  const { t } = useTranslation();
  const time = useTime();
  const { can } = useSession();
  const read = useRead(listReviews, of(row));
  const [asked, setAsked] = useState(false);
  return (
    <Section
      title={t('library.reviews')}
      extra={
        can('playbook.write') && row.enabled ? (
          <Button size="small" onClick={() => setAsked(true)}>
            {t('library.reviewNow')}
          </Button>
        ) : null
      }
    >
      <Loaded read={read}>
        {() => (
          <PlainTable
            label={t('library.reviews')}
            rows={read.data?.items ?? []}
            rowKey={({ id }) => id}
            empty={<EmptyState title={t('library.noReview')} hint={t('library.noReviewHint')} />}
            columns={[
              {
                key: 'at',
                title: t('library.reviewAt'),
                width: 144,
                lead: true,
                render: (one) => time.minute(one.at),
              },
              { key: 'version', title: t('library.version'), width: 72, render: (one) => `v${one.version}` },
              { key: 'note', title: t('library.reviewNote'), render: (one) => one.note || '—' },
              { key: 'by', title: t('library.reviewBy'), width: 120, render: (one) => one.by ?? '—' },
              {
                key: 'next',
                title: t('library.reviewNext'),
                width: 120,
                render: (one) => time.minute(one.dueAt).slice(0, 10),
              },
            ]}
          />
        )}
      </Loaded>
      {asked ? <ReviewDialog row={row} onClose={() => setAsked(false)} /> : null}
    </Section>
  );
}

function ReviewDialog(props: { row: PlaybookRow; onClose: () => void }) {
  const { t } = useTranslation();
  const time = useTime();
  const toast = useToast();
  return (
    <FormDialog<{ note: string }>
      title={t('library.reviewNow')}
      intro={t('library.reviewIntro')}
      submit={t('library.reviewNow')}
      onClose={props.onClose}
      problemOf={problemOf}
      onSave={async ({ note }) => {
        const done = await call(reviewPlaybook, {
          ...of(props.row),
          body: { note: note.trim() },
          idempotencyKey: crypto.randomUUID(),
        });
        toast.done(t('library.reviewed', { day: time.minute(done.dueAt).slice(0, 10) }));
        await queryClient.invalidateQueries({ queryKey: ['playbooks'] });
      }}
    >
      <Form.Item
        name="note"
        label={t('library.reviewNote')}
        rules={[{ required: true, whitespace: true, message: t('form.missing') }]}
      >
        <TextBox rows={3} maxLength={2000} placeholder={t('library.reviewHint')} />
      </Form.Item>
    </FormDialog>
  );
}
